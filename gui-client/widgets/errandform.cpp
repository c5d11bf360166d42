#include "gui-client/widgets/errandform.h"

#include "gui-client/widgets/roomwords.h"

namespace teahouse::client {

ErrandForm::ErrandForm(Errands &errands, QWidget *parent) : Form(parent), m_errands(errands) { }

void ErrandForm::ask(const QString &verb, const QJsonObject &fields)
{
    setBusy(true);
    m_errands.ask(verb, fields, this, [this, verb](const Reply &reply, const QString &text) {
        setBusy(false);
        if (reply)
            succeeded(*reply);
        else
            refused(verb, reply.error(), text);
    });
}

void ErrandForm::succeeded(const Answer &)
{
    done(Accepted);
}

void ErrandForm::refused(const QString &verb, const Error &error, const QString &text)
{
    showError(roomwords::refusal(verb, error, text));
}

} // namespace teahouse::client
