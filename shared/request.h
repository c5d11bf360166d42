#pragma once

#include "shared/error.h"
#include "shared/fields.h"
#include "shared/origin.h"

#include <QString>

#include <optional>

namespace teahouse {

/// How a request gives its arguments, and with it what sort of session speaks: one that sits in
/// one room and types lines, or one that names its rooms.
enum class Form {
    Line,   ///< words behind the verb; the room is the one the session is in
    Object, ///< named fields
};

/// What a session asks for, before anyone has looked whether it may.
struct Request
{
    QString verb;
    QString typedVerb = {}; ///< Form::Line: the verb in the case in which it was typed
    Form form = Form::Line;
    QString line;                         ///< Form::Line: all that stands behind the verb, trimmed
    Fields fields;                        ///< Form::Object: the arguments by name, among others
    std::optional<QString> id;            ///< to be echoed in the reply
    LineEnd lineEnd = LineEnd::Customary; ///< Form::Line: to be passed on with what is said
    /// Set when the bytes themselves could not be understood: the answer, in its place in order.
    std::optional<Error> refusal;
};

} // namespace teahouse
