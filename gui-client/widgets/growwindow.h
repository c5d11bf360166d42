#pragma once

class QWidget;

namespace teahouse::client {

/// Makes a window that is shown as high as its layout needs at the present width, which its size
/// hint does not say of wrapped texts. One that would reach below its screen moves up.
void growToContents(QWidget &window);

} // namespace teahouse::client
