#pragma once
// A program that is asked to end (SIGTERM, SIGHUP, SIGINT) finishes the step it is in, saves what
// is typed and leaves in order.

namespace jedel {

/// From now on these signals only ask. They end a read that is waiting; a second one ends the
/// program as it always did, so nothing can hang on.
void end_when_asked();
/// Whether one came.
[[nodiscard]] bool asked_to_end();

}  // namespace jedel
