// Ctrl-C and termination.
#pragma once

namespace potentia {

/// From now on SIGINT, SIGTERM and SIGHUP ask running work to stop (see kernels/interrupt.hpp). Work that has not
/// noticed after most of a second, or a second signal, ends the process at once with exit code 130; temporary files
/// are removed either way, and outputs are only ever whole because they are renamed into place.
void install_signal_handlers();

/// Of several processes of a job that are interrupted, one says so.
void interrupt_silently();

/// From now on SIGTERM and SIGUSR1 ask for a pause instead (kernels/interrupt.hpp); a second one stops at once.
void let_signals_pause();

}  // namespace potentia
