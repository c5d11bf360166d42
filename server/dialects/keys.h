#pragma once

/// The bytes of the keys by which somebody at a terminal takes back what he has typed. None of them
/// is a part of a longer character in UTF-8 or GB18030.
namespace teahouse::server::keys {

inline constexpr char backspace = 0x08; ///< erases a character, as `erase` does
inline constexpr char eraseLine = 0x15; ///< Ctrl+U
inline constexpr char eraseWord = 0x17; ///< Ctrl+W
inline constexpr char erase = 0x7F;     ///< DEL

} // namespace teahouse::server::keys
