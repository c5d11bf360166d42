#include "shared/names.h"

#include "shared/limits.h"

#include <QStringList>

#include <algorithm>
#include <array>

#include <unicode/uchar.h>
#include <unicode/uspoof.h>
#include <unicode/ustring.h>

namespace teahouse {

using namespace Qt::StringLiterals;

namespace {

enum class CharacterClass { Base, Mark, Sign, Bad };

CharacterClass classify(char32_t c)
{
    switch (u_charType(static_cast<UChar32>(c))) {
    case U_UPPERCASE_LETTER:
    case U_LOWERCASE_LETTER:
    case U_TITLECASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
    case U_DECIMAL_DIGIT_NUMBER:
        return CharacterClass::Base;
    case U_NON_SPACING_MARK:
    case U_COMBINING_SPACING_MARK:
        return CharacterClass::Mark;
    default:
        return c == U'-' || c == U'_' || c == U'.' ? CharacterClass::Sign : CharacterClass::Bad;
    }
}

/// Whether it is far too long to be a name. Normalizing takes quadratic time in runs of marks, so
/// that a stranger's text must not get there whole.
bool isNoName(QStringView text)
{
    return text.size() > 8 * limits::name;
}

bool isInvisible(char32_t c)
{
    return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

/// One checker with ICU's default settings; it has no state that asking it changes.
const USpoofChecker *checker()
{
    static const icu::LocalUSpoofCheckerPointer opened = [] {
        UErrorCode status = U_ZERO_ERROR;
        return icu::LocalUSpoofCheckerPointer(uspoof_open(&status));
    }();
    return opened.getAlias();
}

QString icuSkeleton(const QString &text)
{
    UErrorCode status = U_ZERO_ERROR;
    const auto *source = reinterpret_cast<const UChar *>(text.utf16());
    // A confusable maps to at most 18 code units in Unicode's table.
    QString skeleton(text.size() * 18 + 1, Qt::Uninitialized);
    const int32_t length = uspoof_getSkeleton(checker(), 0, source,
                                              static_cast<int32_t>(text.size()),
                                              reinterpret_cast<UChar *>(skeleton.data()),
                                              static_cast<int32_t>(skeleton.size()), &status);
    if (U_FAILURE(status))
        return text;
    skeleton.truncate(length);
    return skeleton;
}

/// Without accents, however the letters are put together.
QString withoutMarks(QStringView text)
{
    QString letters = text.toString().normalized(QString::NormalizationForm_KD);
    letters.removeIf([](QChar c) { return c.category() == QChar::Mark_NonSpacing; });
    return letters;
}

/// Both keys of a name that is looked at from afar: an `i` is an `l` there, as `I` is.
Skeleton fromAfar(QStringView name)
{
    if (isNoName(name))
        return {name.toString(), name.toString()};
    Skeleton looks = skeleton(withoutMarks(name));
    looks.ofFolded.replace(u'i', u'l');
    looks.folded.replace(u'i', u'l');
    return looks;
}

bool isAlike(const Skeleton &one, const Skeleton &other)
{
    return one.ofFolded == other.ofFolded || one.folded == other.folded;
}

bool isReserved(QStringView name)
{
    static const std::array reserved = {fromAfar(u"server"), fromAfar(u"system"),
                                        fromAfar(u"admin"), fromAfar(u"everyone"),
                                        fromAfar(u"guest")};
    const Skeleton looks = fromAfar(name);
    return std::any_of(reserved.begin(), reserved.end(),
                       [&looks](const Skeleton &taken) { return isAlike(looks, taken); });
}

} // namespace

QString normalizedName(QStringView name)
{
    if (isNoName(name))
        return name.toString();
    return name.toString().normalized(QString::NormalizationForm_C);
}

NameFault checkName(QStringView normalized)
{
    if (normalized.isEmpty())
        return NameFault::Empty;
    const QList<uint> points = normalized.toUcs4();
    if (points.size() > limits::name)
        return NameFault::TooLong;
    if (classify(points.first()) != CharacterClass::Base)
        return NameFault::BadStart;
    int marks = 0;
    for (const uint point : points) {
        if (isInvisible(point))
            return NameFault::Invisible;
        const CharacterClass kind = classify(point);
        if (kind == CharacterClass::Bad)
            return NameFault::BadCharacter;
        marks = kind == CharacterClass::Mark ? marks + 1 : 0;
        if (marks > 2)
            return NameFault::TooManyMarks;
    }
    return isReserved(normalized) ? NameFault::Reserved : NameFault::None;
}

QString faultText(NameFault fault)
{
    switch (fault) {
    case NameFault::None:
        return {};
    case NameFault::Empty:
        return u"it is empty"_s;
    case NameFault::TooLong:
        return u"it has more than %1 characters"_s.arg(limits::name);
    case NameFault::BadStart:
        return u"it must begin with a letter or a digit"_s;
    case NameFault::BadCharacter:
        return u"only letters, digits, \"-\", \"_\" and \".\" may stand in it"_s;
    case NameFault::Invisible:
        return u"it contains an invisible character"_s;
    case NameFault::TooManyMarks:
        return u"it has more than two combining marks in a row"_s;
    case NameFault::Reserved:
        return u"it is reserved"_s;
    }
    return {};
}

QString foldedName(QStringView name)
{
    if (isNoName(name))
        return name.toString();
    const QString source = name.toString().normalized(QString::NormalizationForm_D);
    // Not QString::toCaseFolded(), which leaves what folds to several characters, such as U+00DF.
    UErrorCode status = U_ZERO_ERROR;
    QString folded(source.size() * 3, Qt::Uninitialized);
    const int32_t length = u_strFoldCase(
            reinterpret_cast<UChar *>(folded.data()), static_cast<int32_t>(folded.size()),
            reinterpret_cast<const UChar *>(source.utf16()), static_cast<int32_t>(source.size()),
            U_FOLD_CASE_DEFAULT, &status);
    folded.truncate(U_FAILURE(status) ? 0 : length);
    return folded.normalized(QString::NormalizationForm_C);
}

Skeleton skeleton(QStringView name)
{
    if (isNoName(name))
        return {name.toString(), name.toString()};
    const QString plain = name.toString().normalized(QString::NormalizationForm_KC);
    Skeleton looks{icuSkeleton(foldedName(plain)), icuSkeleton(foldedName(icuSkeleton(plain)))};
    if (looks.folded == looks.ofFolded)
        looks.folded = looks.ofFolded; // one text for both
    return looks;
}

bool imitates(QStringView name, QStringView other)
{
    return isAlike(fromAfar(name), fromAfar(other));
}

} // namespace teahouse
