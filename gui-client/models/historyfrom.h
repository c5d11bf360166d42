#pragma once

namespace teahouse::client {

/// Where a wanted page of history begins.
enum class HistoryFrom {
    Newest, ///< the latest page; the number is 0
    Before, ///< the page that ends before the number
    After,  ///< the page that begins after the number
};

} // namespace teahouse::client
