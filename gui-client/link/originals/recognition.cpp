#include "gui-client/link/originals/recognition.h"

#include <utility>

namespace teahouse::client {

Recognised recognise(QByteArrayView start)
{
    static constexpr std::pair<QByteArrayView, Recognised> greetings[] = {
            {"Welcome to ", Recognised::Welcome},
            {"Connect Success", Recognised::Wx},
            {"You're connected", Recognised::Guest},
    };
    for (const auto &[greeting, meaning] : greetings) {
        if (start.startsWith(greeting))
            return meaning;
        if (greeting.startsWith(start))
            return Recognised::NotYet;
    }
    return Recognised::Stranger;
}

bool isTeaAnswer(QByteArrayView line)
{
    return line == QByteArrayView("Please log in");
}

} // namespace teahouse::client
