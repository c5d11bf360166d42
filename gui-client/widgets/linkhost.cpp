#include "gui-client/widgets/linkhost.h"

#include <QStringList>

#include <algorithm>
#include <array>

namespace teahouse::client {

using namespace Qt::StringLiterals;

// host  = label *("." label), or an IPv6 address in brackets
// label = 1*(letter / digit / "-" / "_")

namespace {

/// Those that end in Chinese or Korean; where the text goes on behind one, the host does not.
constexpr std::array domains = {u"中国",   u"中國",   u"香港", u"台湾", u"台灣", u"澳门",   u"澳門",
                                u"新加坡", u"公司",   u"网络", u"网址", u"在线", u"中文网", u"商城",
                                u"集团",   u"我爱你", u"政务", u"公益", u"한국"};

bool isAsciiLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

bool isAsciiDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

bool isAsciiLabelPart(QChar c)
{
    return isAsciiLetter(c) || isAsciiDigit(c) || c == u'-' || c == u'_';
}

/// Whether it may be meant as a part of a host's name, trusted or not.
bool isHostPart(QChar c)
{
    return c == u'.' || isAsciiLabelPart(c)
            || (c.unicode() >= 0x80 && (c.isLetterOrNumber() || c.isMark() || c.isSurrogate()));
}

bool isInvisible(QChar c)
{
    return c.category() == QChar::Other_Format;
}

enum class Script { Ascii, Latin, Chinese, Korean, Untrusted };

Script scriptOf(QChar c)
{
    const char16_t u = c.unicode();
    if (u < 0x80)
        return Script::Ascii;
    // Without the small i without a dot, the kra and the long s, which look like ASCII letters.
    if (u >= 0x00C0 && u < 0x017F && u != 0x00D7 && u != 0x00F7 && u != 0x0131 && u != 0x0138)
        return Script::Latin;
    if ((u >= 0x4E00 && u < 0xA000) || (u >= 0x3400 && u < 0x4DC0) || (u >= 0x3041 && u < 0x3097)
        || (u >= 0x30A1 && u < 0x30FB) || u == 0x30FC || u == 0x3005)
        return Script::Chinese;
    if (u >= 0xAC00 && u < 0xD7A4)
        return Script::Korean;
    return Script::Untrusted;
}

/// Whether all of a label is of one script; digits and hyphens are of every one.
bool isOfOneScript(QStringView label)
{
    Script script = Script::Ascii;
    bool hasAsciiLetters = false;
    for (const QChar c : label) {
        const Script one = scriptOf(c);
        if (one == Script::Untrusted)
            return false;
        hasAsciiLetters = hasAsciiLetters || isAsciiLetter(c) || c == u'_';
        if (one == Script::Ascii)
            continue;
        if (script != Script::Ascii && script != one)
            return false;
        script = one;
    }
    return !hasAsciiLetters || script == Script::Ascii || script == Script::Latin;
}

/// The length of the ASCII letters that the last label begins with, where Chinese text follows or
/// nothing; 0: none such.
qsizetype asciiDomain(QStringView label)
{
    const auto *end = std::find_if_not(label.begin(), label.end(), isAsciiLabelPart);
    const qsizetype length = end - label.begin();
    if (length < label.size() && !isWrittenDense(*end))
        return 0;
    const QStringView domain = label.first(length);
    const bool isWord = length > 1 && std::all_of(domain.begin(), domain.end(), isAsciiLetter);
    return isWord || domain.startsWith("xn--"_L1, Qt::CaseInsensitive) ? length : 0;
}

qsizetype otherDomain(QStringView label)
{
    qsizetype longest = 0;
    for (const auto *domain : domains) {
        const QStringView view(domain);
        if (label.startsWith(view))
            longest = std::max(longest, view.size());
    }
    return longest;
}

/// A host with letters beyond ASCII in it.
std::optional<qsizetype> internationalEnd(QStringView text, qsizetype from, qsizetype end)
{
    const QStringView host = text.sliced(from, end - from);
    qsizetype at = 0;
    while (at < host.size()) {
        const qsizetype dot = host.indexOf(u'.', at);
        const QStringView label = host.sliced(at, (dot < 0 ? host.size() : dot) - at);
        const bool isLast = dot < 0 || dot + 1 == host.size();
        // Chinese text behind the host has dots of its own only by chance.
        const qsizetype ascii = at > 0 ? asciiDomain(label) : 0;
        if (ascii > 0 && ascii < label.size())
            return from + at + ascii;
        if (!isLast && (label.isEmpty() || !isOfOneScript(label)))
            return std::nullopt;
        if (isLast) {
            const qsizetype domain = std::max(ascii, otherDomain(label));
            return at > 0 && domain > 0 ? std::optional(from + at + domain) : std::nullopt;
        }
        at = dot + 1;
    }
    return std::nullopt;
}

std::optional<qsizetype> addressEnd(QStringView text, qsizetype from)
{
    const qsizetype close = text.indexOf(u']', from);
    return close < 0 ? std::nullopt : std::optional(close + 1);
}

/// `at` is behind ASCII alone, which is a whole host where Chinese text follows.
bool isWhole(QStringView host)
{
    const qsizetype dot = host.lastIndexOf(u'.');
    const QStringView last = host.sliced(dot + 1);
    const bool isNumber = !last.isEmpty() && std::all_of(last.begin(), last.end(), isAsciiDigit);
    return (dot > 0 && asciiDomain(last) == last.size() && !last.isEmpty())
            || (isNumber && host.count(u'.') == 3);
}

} // namespace

bool isWrittenDense(QChar c)
{
    const char16_t u = c.unicode();
    return (u >= 0x0E00 && u < 0x0F00) || (u >= 0x1100 && u < 0x1200) || (u >= 0x2E80 && u < 0x3000)
            || (u >= 0x3005 && u < 0x3008) || (u >= 0x3040 && u < 0xA4D0)
            || (u >= 0xAC00 && u < 0xD7B0) || (u >= 0xD840 && u < 0xD8C0)
            || (u >= 0xF900 && u < 0xFB00) || (u >= 0xFF66 && u < 0xFFE0);
}

std::optional<qsizetype> hostEnd(QStringView text, qsizetype from)
{
    if (from < text.size() && text.at(from) == u'[')
        return addressEnd(text, from);
    qsizetype ascii = from;
    while (ascii < text.size() && (isAsciiLabelPart(text.at(ascii)) || text.at(ascii) == u'.'))
        ++ascii;
    qsizetype end = ascii;
    while (end < text.size() && isHostPart(text.at(end)))
        ++end;
    // A host that goes on behind something invisible is not what it seems.
    qsizetype behind = end;
    while (behind < text.size() && isInvisible(text.at(behind)))
        ++behind;
    if (end == from || (behind > end && behind < text.size() && isHostPart(text.at(behind))))
        return std::nullopt;
    if (end == ascii)
        return end;
    const QStringView host = text.sliced(from, ascii - from);
    // One word and then Chinese text is a computer nearby, unless a dot behind it makes it another.
    const bool isNearby = !host.isEmpty() && !host.contains(u'.')
            && !text.sliced(ascii, end - ascii).contains(u'.');
    if (isWrittenDense(text.at(ascii)) && (isWhole(host) || isNearby))
        return ascii;
    return internationalEnd(text, from, end);
}

} // namespace teahouse::client
