#pragma once

#include <QString>
#include <QStringView>

namespace teahouse {

/// What is wrong with a name of a user or a room.
enum class NameFault {
    None,
    Empty,
    TooLong,      ///< more than limits::name code points
    BadStart,     ///< the first is neither letter nor digit
    BadCharacter, ///< something besides letters, digits, marks and `-` `_` `.`
    Invisible,    ///< a default-ignorable code point
    TooManyMarks, ///< more than two combining marks in a row
    Reserved,     ///< server, system, admin, everyone, guest, or what looks like one of them
};

/// The name in the form it is kept: Unicode NFC. What is far too long to be a name comes back
/// untouched, for checkName() to refuse.
QString normalizedName(QStringView name);

/// Checks a name that is in NFC already against the rules of docs/protocol.md, "Names".
NameFault checkName(QStringView normalized);

/// The fault in English words that fit behind "is not allowed: ".
QString faultText(NameFault fault);

/// The key by which a name is looked up: NFC of its full case folding.
QString foldedName(QStringView name);

/// The two keys by which names that look alike are told (Unicode UTS #39, section 4), whether small
/// letters or capitals are what is alike. Compatibility forms (full width, ligatures) do not count.
/// Two names look alike when either key of one equals the same key of the other.
struct Skeleton
{
    QString ofFolded; ///< skeleton(fold(x))
    QString folded;   ///< skeleton(fold(skeleton(x)))

    bool operator==(const Skeleton &) const = default;
};
Skeleton skeleton(QStringView name);

/// Whether two names look alike, also where accents and the stroke of an `i` are overlooked: for
/// names that nobody may seem to have.
bool imitates(QStringView name, QStringView other);

} // namespace teahouse
