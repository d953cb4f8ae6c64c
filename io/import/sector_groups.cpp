// Every chapter of the Harmonized System belongs to one group. Headings are named where a report puts them elsewhere
// than the rest of their chapter: flour and starch of cassava, potatoes and pulses with horticulture, cocoa beans with
// coffee, cement with mineral products. Chapter 77 is reserved, 98 and 99 are national.
#include "io/import/sector_groups.hpp"

namespace potentia {

const SectorPrefix built_in_sectors[] = {
    {"01", "Live animals, meat, fish and dairy"}, {"02", "Live animals, meat, fish and dairy"},
    {"03", "Live animals, meat, fish and dairy"}, {"04", "Live animals, meat, fish and dairy"},
    {"05", "Live animals, meat, fish and dairy"},
    {"06", "Horticulture"}, {"07", "Horticulture"}, {"08", "Horticulture"}, {"13", "Horticulture"},
    {"14", "Horticulture"}, {"1105", "Horticulture"}, {"1106", "Horticulture"}, {"110813", "Horticulture"},
    {"110814", "Horticulture"},
    {"09", "Coffee, spices, cocoa and oilseeds"}, {"12", "Coffee, spices, cocoa and oilseeds"},
    {"15", "Coffee, spices, cocoa and oilseeds"}, {"1801", "Coffee, spices, cocoa and oilseeds"},
    {"1802", "Coffee, spices, cocoa and oilseeds"},
    {"10", "Cereal products"}, {"11", "Cereal products"}, {"19", "Cereal products"},
    {"17", "Sugar"},
    {"16", "Processed food and animal feed"}, {"18", "Processed food and animal feed"},
    {"20", "Processed food and animal feed"}, {"21", "Processed food and animal feed"},
    {"22", "Processed food and animal feed"}, {"23", "Processed food and animal feed"},
    {"24", "Processed food and animal feed"},
    {"25", "Mineral resources"}, {"26", "Mineral resources"}, {"27", "Mineral resources"},
    {"28", "Chemicals"}, {"29", "Chemicals"}, {"30", "Chemicals"}, {"31", "Chemicals"}, {"32", "Chemicals"},
    {"33", "Chemicals"}, {"34", "Chemicals"}, {"35", "Chemicals"}, {"36", "Chemicals"}, {"37", "Chemicals"},
    {"38", "Chemicals"},
    {"39", "Wood, paper, rubber and plastics"}, {"40", "Wood, paper, rubber and plastics"},
    {"44", "Wood, paper, rubber and plastics"}, {"45", "Wood, paper, rubber and plastics"},
    {"46", "Wood, paper, rubber and plastics"}, {"47", "Wood, paper, rubber and plastics"},
    {"48", "Wood, paper, rubber and plastics"}, {"49", "Wood, paper, rubber and plastics"},
    {"41", "Textiles and leather"}, {"42", "Textiles and leather"}, {"43", "Textiles and leather"},
    {"50", "Textiles and leather"}, {"51", "Textiles and leather"}, {"52", "Textiles and leather"},
    {"53", "Textiles and leather"}, {"54", "Textiles and leather"}, {"55", "Textiles and leather"},
    {"56", "Textiles and leather"}, {"57", "Textiles and leather"}, {"58", "Textiles and leather"},
    {"59", "Textiles and leather"}, {"60", "Textiles and leather"}, {"63", "Textiles and leather"},
    {"61", "Apparel and footwear"}, {"62", "Apparel and footwear"}, {"64", "Apparel and footwear"},
    {"65", "Apparel and footwear"},
    {"2523", "Mineral and metal products"}, {"68", "Mineral and metal products"}, {"69", "Mineral and metal products"},
    {"70", "Mineral and metal products"}, {"71", "Mineral and metal products"}, {"72", "Mineral and metal products"},
    {"73", "Mineral and metal products"}, {"74", "Mineral and metal products"}, {"75", "Mineral and metal products"},
    {"76", "Mineral and metal products"}, {"78", "Mineral and metal products"}, {"79", "Mineral and metal products"},
    {"80", "Mineral and metal products"}, {"81", "Mineral and metal products"}, {"82", "Mineral and metal products"},
    {"83", "Mineral and metal products"},
    {"84", "Machinery and electronic equipment"}, {"85", "Machinery and electronic equipment"},
    {"86", "Vehicles"}, {"87", "Vehicles"}, {"88", "Vehicles"}, {"89", "Vehicles"},
    {"90", "Optical products and measuring instruments"},
    {"66", "Manufactured products n.e.s."}, {"67", "Manufactured products n.e.s."},
    {"77", "Manufactured products n.e.s."}, {"91", "Manufactured products n.e.s."},
    {"92", "Manufactured products n.e.s."}, {"93", "Manufactured products n.e.s."},
    {"94", "Manufactured products n.e.s."}, {"95", "Manufactured products n.e.s."},
    {"96", "Manufactured products n.e.s."}, {"97", "Manufactured products n.e.s."},
    {"98", "Manufactured products n.e.s."}, {"99", "Manufactured products n.e.s."},
};
const std::size_t built_in_sector_count = sizeof built_in_sectors / sizeof built_in_sectors[0];

}  // namespace potentia
