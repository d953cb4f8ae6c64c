// The tables behind country_codes.hpp.
#include "io/country_codes.hpp"

namespace potentia {

const std::vector<OtherCode>& other_codes() {
  static const std::vector<OtherCode> codes = {
      {"ROM", "ROU"}, {"ZAR", "COD"}, {"TMP", "TLS"}, {"TWN", "S19"}, {"SCG", "SRB"}, {"YUG", "SRB"},
      {"WBG", "PSE"}, {"PAL", "PSE"}, {"ADO", "AND"}, {"IMY", "IMN"}, {"KSV", "XKX"}, {"UVK", "XKX"},
      {"KOS", "XKX"}, {"SDS", "SSD"}, {"BUR", "MMR"}, {"S19", "TWN"}};
  return codes;
}

const std::vector<OtherCode>& other_iso2_codes() {
  static const std::vector<OtherCode> codes = {{"UK", "GBR"}, {"EL", "GRC"}, {"TW", "S19"}, {"TP", "TLS"}, {"ZR", "COD"},
                                               {"YU", "SRB"}, {"CS", "SRB"}, {"XK", "XKX"}};
  return codes;
}

const std::vector<PartOf>& parts_of_others() {
  // BACI reports Switzerland with Liechtenstein, France with Monaco, the USA with Puerto Rico and the Virgin Islands,
  // Norway with Svalbard and Jan Mayen.
  static const std::vector<PartOf> parts = {{"LIE", "Liechtenstein", "CHE"},
                                            {"MCO", "Monaco", "FRA"},
                                            {"PRI", "Puerto Rico", "USA"},
                                            {"VIR", "United States Virgin Islands", "USA"},
                                            {"SJM", "Svalbard and Jan Mayen", "NOR"}};
  return parts;
}

const std::vector<const char*>& european_union_iso3() {
  static const std::vector<const char*> members = {"AUT", "BEL", "BGR", "CYP", "CZE", "DEU", "DNK", "ESP", "EST",
                                                   "FIN", "FRA", "GRC", "HRV", "HUN", "IRL", "ITA", "LTU", "LUX",
                                                   "LVA", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN", "SWE"};
  return members;
}

const std::vector<NumberOf>& imf_numbers() {
  static const std::vector<NumberOf> numbers = {
      {111, "USA"}, {112, "GBR"}, {122, "AUT"}, {124, "BEL"}, {128, "DNK"}, {132, "FRA"}, {134, "DEU"}, {135, "SMR"},
      {136, "ITA"}, {137, "LUX"}, {138, "NLD"}, {142, "NOR"}, {144, "SWE"}, {146, "CHE"}, {147, "LIE"}, {156, "CAN"},
      {158, "JPN"}, {171, "AND"}, {172, "FIN"}, {174, "GRC"}, {176, "ISL"}, {178, "IRL"}, {181, "MLT"}, {182, "PRT"},
      {184, "ESP"}, {186, "TUR"}, {193, "AUS"}, {196, "NZL"}, {199, "ZAF"}, {213, "ARG"}, {218, "BOL"}, {223, "BRA"},
      {228, "CHL"}, {233, "COL"}, {238, "CRI"}, {243, "DOM"}, {248, "ECU"}, {253, "SLV"}, {258, "GTM"}, {263, "HTI"},
      {268, "HND"}, {273, "MEX"}, {278, "NIC"}, {283, "PAN"}, {288, "PRY"}, {293, "PER"}, {298, "URY"}, {299, "VEN"},
      {311, "ATG"}, {313, "BHS"}, {314, "ABW"}, {316, "BRB"}, {321, "DMA"}, {328, "GRD"}, {336, "GUY"}, {339, "BLZ"},
      {343, "JAM"}, {359, "PRI"}, {361, "KNA"}, {362, "LCA"}, {364, "VCT"}, {366, "SUR"}, {369, "TTO"}, {419, "BHR"},
      {423, "CYP"}, {429, "IRN"}, {433, "IRQ"}, {436, "ISR"}, {439, "JOR"}, {443, "KWT"}, {446, "LBN"}, {449, "OMN"},
      {453, "QAT"}, {456, "SAU"}, {463, "SYR"}, {466, "ARE"}, {469, "EGY"}, {474, "YEM"}, {487, "PSE"}, {512, "AFG"},
      {513, "BGD"}, {514, "BTN"}, {516, "BRN"}, {518, "MMR"}, {522, "KHM"}, {524, "LKA"}, {528, "TWN"}, {532, "HKG"},
      {534, "IND"}, {536, "IDN"}, {537, "TLS"}, {542, "KOR"}, {544, "LAO"}, {546, "MAC"}, {548, "MYS"}, {556, "MDV"},
      {558, "NPL"}, {564, "PAK"}, {565, "PLW"}, {566, "PHL"}, {576, "SGP"}, {578, "THA"}, {582, "VNM"}, {611, "DJI"},
      {612, "DZA"}, {614, "AGO"}, {616, "BWA"}, {618, "BDI"}, {622, "CMR"}, {624, "CPV"}, {626, "CAF"}, {628, "TCD"},
      {632, "COM"}, {634, "COG"}, {636, "COD"}, {638, "BEN"}, {642, "GNQ"}, {643, "ERI"}, {644, "ETH"}, {646, "GAB"},
      {648, "GMB"}, {652, "GHA"}, {654, "GNB"}, {656, "GIN"}, {662, "CIV"}, {664, "KEN"}, {666, "LSO"}, {668, "LBR"},
      {672, "LBY"}, {674, "MDG"}, {676, "MWI"}, {678, "MLI"}, {682, "MRT"}, {684, "MUS"}, {686, "MAR"}, {688, "MOZ"},
      {692, "NER"}, {694, "NGA"}, {698, "ZWE"}, {714, "RWA"}, {716, "STP"}, {718, "SYC"}, {722, "SEN"}, {724, "SLE"},
      {726, "SOM"}, {728, "NAM"}, {732, "SDN"}, {733, "SSD"}, {734, "SWZ"}, {738, "TZA"}, {742, "TGO"}, {744, "TUN"},
      {746, "UGA"}, {748, "BFA"}, {754, "ZMB"}, {813, "SLB"}, {819, "FJI"}, {826, "KIR"}, {836, "NRU"}, {846, "VUT"},
      {853, "PNG"}, {862, "WSM"}, {866, "TON"}, {867, "MHL"}, {868, "FSM"}, {869, "TUV"}, {911, "ARM"}, {912, "AZE"},
      {913, "BLR"}, {914, "ALB"}, {915, "GEO"}, {916, "KAZ"}, {917, "KGZ"}, {918, "BGR"}, {921, "MDA"}, {922, "RUS"},
      {923, "TJK"}, {924, "CHN"}, {925, "TKM"}, {926, "UKR"}, {927, "UZB"}, {935, "CZE"}, {936, "SVK"}, {939, "EST"},
      {941, "LVA"}, {942, "SRB"}, {943, "MNE"}, {944, "HUN"}, {946, "LTU"}, {948, "MNG"}, {960, "HRV"}, {961, "SVN"},
      {962, "MKD"}, {963, "BIH"}, {964, "POL"}, {967, "XKX"}, {968, "ROU"}};
  return numbers;
}

const std::vector<NumberOf>& other_numbers() {
  static const std::vector<NumberOf> numbers = {
      {840, "USA"}, {842, "USA"}, {841, "USA"}, {250, "FRA"}, {251, "FRA"}, {756, "CHE"}, {757, "CHE"}, {578, "NOR"},
      {579, "NOR"}, {356, "IND"}, {699, "IND"}, {380, "ITA"}, {381, "ITA"}, {158, "S19"}, {490, "S19"}, {729, "SDN"},
      {736, "SDN"}, {710, "ZAF"}, {711, "ZAF"}, {56, "BEL"}, {58, "BEL"}, {276, "DEU"}, {280, "DEU"}, {231, "ETH"},
      {230, "ETH"}, {591, "PAN"}, {590, "PAN"}, {688, "SRB"}, {891, "SRB"}, {890, "SRB"}, {704, "VNM"}, {868, "VNM"},
      {626, "TLS"}, {180, "COD"}, {642, "ROU"}, {275, "PSE"}, {807, "MKD"}};
  return numbers;
}

const std::vector<OtherCode>& other_names() {
  static const std::vector<OtherCode> names = {
      {"Afghanistan, Islamic Republic of", "AFG"}, {"Aruba, the Netherlands with respect to", "ABW"},
      {"Azerbaijan, Republic of", "AZE"}, {"Bahamas", "BHS"}, {"Bahamas, The", "BHS"}, {"Bahrain, Kingdom of", "BHR"},
      {"Belarus, Republic of", "BLR"}, {"Bolivia", "BOL"}, {"Bolivia, Plurinational State of", "BOL"},
      {"Bolivia (Plurinational State of)", "BOL"}, {"Bolivia Plurinational State of", "BOL"},
      {"Bosnia and Herzegovina", "BIH"}, {"Bosnia Herzegovina", "BIH"}, {"Brunei Darussalam", "BRN"}, {"Brunei", "BRN"},
      {"Burma", "MMR"}, {"Myanmar", "MMR"}, {"Cabo Verde", "CPV"}, {"Cape Verde", "CPV"},
      {"Central African Republic", "CAF"}, {"Central African Rep.", "CAF"}, {"China, P.R.: Mainland", "CHN"},
      {"China, People's Republic of", "CHN"}, {"China, mainland", "CHN"}, {"People's Republic of China", "CHN"}, {"Mainland China", "CHN"},
      {"Comoros, Union of the", "COM"}, {"Congo, Dem. Rep.", "COD"}, {"Congo, Democratic Republic of the", "COD"},
      {"Congo, Dem. Rep. of the", "COD"}, {"Democratic Republic of the Congo", "COD"}, {"Dem. Rep. of the Congo", "COD"},
      {"Democratic Republic of Congo", "COD"}, {"DR Congo", "COD"}, {"Zaire", "COD"}, {"Congo, Rep.", "COG"},
      {"Congo, Republic of", "COG"}, {"Republic of Congo", "COG"}, {"Republic of the Congo", "COG"}, {"Congo", "COG"},
      {"Cote d'Ivoire", "CIV"}, {"Ivory Coast", "CIV"}, {"Croatia, Republic of", "HRV"}, {"Czech Republic", "CZE"},
      {"Czechia", "CZE"}, {"Dominican Republic", "DOM"}, {"Dominican Rep.", "DOM"}, {"East Timor", "TLS"},
      {"Timor-Leste", "TLS"}, {"Timor-Leste, Democratic Republic of", "TLS"}, {"Egypt, Arab Rep.", "EGY"},
      {"Egypt", "EGY"}, {"Egypt, Arab Republic of", "EGY"}, {"Equatorial Guinea, Republic of", "GNQ"},
      {"Eritrea, The State of", "ERI"}, {"Estonia, Republic of", "EST"}, {"Eswatini", "SWZ"},
      {"Eswatini, Kingdom of", "SWZ"}, {"Swaziland", "SWZ"}, {"Ethiopia, The Federal Democratic Republic of", "ETH"},
      {"Fiji, Republic of", "FJI"}, {"Gambia, The", "GMB"}, {"Gambia", "GMB"}, {"Hong Kong SAR, China", "HKG"},
      {"Hong Kong, China", "HKG"}, {"Hong Kong SAR", "HKG"}, {"Hong Kong", "HKG"}, {"China, Hong Kong SAR", "HKG"},
      {"China, P.R.: Hong Kong", "HKG"}, {"Iran", "IRN"}, {"Iran, Islamic Rep.", "IRN"},
      {"Iran, Islamic Republic of", "IRN"}, {"Iran (Islamic Republic of)", "IRN"}, {"Islamic Republic of Iran", "IRN"},
      {"Kazakhstan, Republic of", "KAZ"}, {"Korea", "KOR"}, {"Korea, Rep.", "KOR"}, {"Korea, Republic of", "KOR"},
      {"Rep. of Korea", "KOR"}, {"Republic of Korea", "KOR"}, {"South Korea", "KOR"},
      {"Korea, Dem. People's Rep.", "PRK"}, {"Korea, Dem. People's Republic of", "PRK"}, {"Dem. People's Rep. of Korea", "PRK"},
      {"Democratic People's Republic of Korea", "PRK"}, {"North Korea", "PRK"}, {"Kosovo", "XKX"},
      {"Kosovo, Republic of", "XKX"}, {"Kyrgyz Republic", "KGZ"}, {"Kyrgyz Rep.", "KGZ"}, {"Kyrgyzstan", "KGZ"},
      {"Lao PDR", "LAO"}, {"Lao P.D.R.", "LAO"}, {"Laos", "LAO"}, {"Lao People's Democratic Republic", "LAO"},
      {"Lao People's Dem. Rep.", "LAO"}, {"Latvia, Republic of", "LVA"}, {"Lesotho, Kingdom of", "LSO"}, {"Libya", "LBY"},
      {"Libyan Arab Jamahiriya", "LBY"}, {"Macao SAR, China", "MAC"}, {"Macao SAR", "MAC"}, {"Macao, China", "MAC"},
      {"Macao", "MAC"}, {"Macau", "MAC"}, {"China, Macao SAR", "MAC"}, {"China, P.R.: Macao", "MAC"},
      {"Macedonia, FYR", "MKD"}, {"Macedonia", "MKD"}, {"FYR Macedonia", "MKD"}, {"North Macedonia", "MKD"},
      {"North Macedonia, Republic of", "MKD"}, {"The former Yugoslav Republic of Macedonia", "MKD"},
      {"TFYR of Macedonia", "MKD"}, {"Madagascar, Republic of", "MDG"}, {"Marshall Islands", "MHL"},
      {"Marshall Islands, Republic of the", "MHL"}, {"Marshall Isds", "MHL"},
      {"Mauritania, Islamic Republic of", "MRT"}, {"Micronesia", "FSM"}, {"Micronesia, Fed. Sts.", "FSM"},
      {"Micronesia, Federated States of", "FSM"}, {"Micronesia (Federated States of)", "FSM"}, {"FS Micronesia", "FSM"},
      {"Moldova", "MDA"}, {"Moldova, Republic of", "MDA"}, {"Republic of Moldova", "MDA"}, {"Rep. of Moldova", "MDA"},
      {"Mozambique, Republic of", "MOZ"}, {"Nauru, Republic of", "NRU"}, {"Netherlands", "NLD"},
      {"Netherlands, The", "NLD"}, {"Palau, Republic of", "PLW"}, {"Palestine", "PSE"}, {"State of Palestine", "PSE"},
      {"Palestine, State of", "PSE"}, {"West Bank and Gaza", "PSE"}, {"Palestinian Territory", "PSE"},
      {"Occupied Palestinian Territory", "PSE"}, {"Poland, Republic of", "POL"}, {"Puerto Rico", "PRI"}, {"Romania", "ROU"},
      {"Russia", "RUS"}, {"Russian Federation", "RUS"}, {"Samoa", "WSM"}, {"San Marino, Republic of", "SMR"},
      {"Sao Tome and Principe", "STP"}, {"São Tomé and Príncipe, Democratic Republic of", "STP"},
      {"Saudi Arabia", "SAU"}, {"Saudi Arabia, Kingdom of", "SAU"}, {"Serbia", "SRB"}, {"Serbia, Republic of", "SRB"},
      {"Serbia and Montenegro", "SRB"}, {"Slovak Republic", "SVK"}, {"Slovakia", "SVK"},
      {"Slovenia, Republic of", "SVN"}, {"Solomon Islands", "SLB"}, {"Solomon Isds", "SLB"}, {"Somalia", "SOM"},
      {"Somalia, Federal Republic of", "SOM"}, {"South Sudan, Republic of", "SSD"}, {"South Sudan", "SSD"},
      {"St. Kitts and Nevis", "KNA"}, {"St. Lucia", "LCA"}, {"St. Vincent and the Grenadines", "VCT"},
      {"Syria", "SYR"}, {"Syrian Arab Republic", "SYR"}, {"Taiwan", "TWN"}, {"Taiwan, China", "TWN"},
      {"Taiwan Province of China", "TWN"}, {"Taiwan, Province of China", "TWN"}, {"Chinese Taipei", "TWN"}, {"Separate Customs Territory of Taiwan, Penghu, Kinmen and Matsu", "TWN"},
      {"Other Asia, nes", "TWN"}, {"Other Asia, not elsewhere specified", "TWN"}, {"Tajikistan, Republic of", "TJK"}, {"Tanzania", "TZA"},
      {"Tanzania, United Republic of", "TZA"}, {"United Republic of Tanzania", "TZA"}, {"United Rep. of Tanzania", "TZA"},
      {"Turkey", "TUR"}, {"Türkiye", "TUR"}, {"Türkiye, Republic of", "TUR"}, {"United Arab Emirates", "ARE"}, {"UAE", "ARE"},
      {"United Kingdom", "GBR"}, {"Great Britain", "GBR"}, {"United Kingdom of Great Britain and Northern Ireland", "GBR"},
      {"United States", "USA"}, {"United States of America", "USA"}, {"Uzbekistan, Republic of", "UZB"},
      {"Venezuela", "VEN"}, {"Venezuela, RB", "VEN"}, {"Venezuela, República Bolivariana de", "VEN"},
      {"Venezuela, Bolivarian Republic of", "VEN"}, {"Venezuela (Bolivarian Republic of)", "VEN"},
      {"Bolivarian Republic of Venezuela", "VEN"}, {"Viet Nam", "VNM"}, {"Vietnam", "VNM"}, {"Yemen", "YEM"},
      {"Yemen, Rep.", "YEM"}, {"Yemen, Republic of", "YEM"}, {"Yugoslavia", "SRB"},
      // BACI's tables may call these by all that is counted in them ("France, Monaco").
      {"France", "FRA"}, {"Norway", "NOR"}, {"Switzerland", "CHE"}, {"USA", "USA"}, {"India", "IND"}, {"Italy", "ITA"},
      {"South Africa", "ZAF"}, {"Belgium", "BEL"}, {"Germany", "DEU"}, {"China", "CHN"}, {"Sudan", "SDN"},
      {"Ethiopia", "ETH"}, {"Panama", "PAN"},
      {"Andorra, Principality of", "AND"}, {"Armenia, Republic of", "ARM"}, {"Kuwait, the State of", "KWT"},
      {"Kingdom of Saudi Arabia", "SAU"}, {"Kingdom of Bahrain", "BHR"}, {"Bonaire, Sint Eustatius and Saba", "BES"},
      {"British Virgin Islands", "VGB"}, {"Cayman Islands", "CYM"}, {"Curaçao", "CUW"},
      {"China, Hong Kong Special Administrative Region", "HKG"}, {"China, Macao Special Administrative Region", "MAC"},
      {"Hong Kong Special Administrative Region, People's Republic of China", "HKG"},
      {"Macao Special Administrative Region, People's Republic of China", "MAC"},
      {"China, Taiwan Province of China", "TWN"}, {"Dem. People's Republic of Korea", "PRK"},
      {"Falkland Islands (Malvinas)", "FLK"}, {"Falkland Islands", "FLK"}, {"Faroe Islands", "FRO"}, {"Faeroe Islands", "FRO"},
      {"Kosovo (under UNSC res. 1244)", "XKX"}, {"Micronesia (Fed. States of)", "FSM"}, {"Northern Mariana Islands", "MNP"},
      {"Sint Maarten (Dutch part)", "SXM"}, {"Sint Maarten", "SXM"}, {"Turks and Caicos Islands", "TCA"},
      {"Wallis and Futuna", "WLF"}, {"Wallis and Futuna Islands", "WLF"}};
  return names;
}

}  // namespace potentia
