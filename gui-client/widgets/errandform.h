#pragma once

#include "gui-client/models/errands.h"
#include "gui-client/widgets/form.h"

namespace teahouse::client {

/// A form by which the server is asked for something.
class ErrandForm : public Form
{
    Q_OBJECT

public:
    ErrandForm(Errands &errands, QWidget *parent);

protected:
    /// Asks, and can be asked for nothing else until the answer is there.
    void ask(const QString &verb, const QJsonObject &fields);

    /// The server has agreed, or not.
    virtual void succeeded(const Answer &answer);
    virtual void refused(const QString &verb, const Error &error, const QString &text);

private:
    Errands &m_errands;
};

} // namespace teahouse::client
