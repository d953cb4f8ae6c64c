// Who is told of a night: Prometheus and whoever is on call, as far as the configuration names them.
#pragma once

#include "host/nightly/calls.hpp"
#include "host/nightly/config.hpp"
#include "host/nightly/record.hpp"
#include "kernels/error.hpp"

namespace potentia::nightly {

/// @param run      null where there is no record of it
/// @param complete the latest run with every step done; null if there is none
/// @throws as write_output
void write_metrics(const Config& config, const RunRecord* run, const RunRecord* complete);

/// Runs the on_alarm command; that it fails is told and changes nothing. @throws Error(interrupted)
void call(const Config& config, const Call& reason);

/// A night that could not be: the disk is full, say. Told as far as that goes.
void tell_of(const Config& config, const Error& error);

}  // namespace potentia::nightly
