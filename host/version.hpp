// Which program this is.
#pragma once

namespace potentia {

/// "0.1.0"
const char* program_version();

/// Short commit hash of the source, with "-dirty" after it where files differ; empty when built outside a checkout.
const char* program_commit();

}  // namespace potentia
