#pragma once

#include "gui-client/widgets/wrappedlabel.h"

#include <QPointer>

namespace teahouse::client {

class PeopleModel;

/// The line above the message box of a private conversation that says that the other is not there,
/// and whether they will read it. Hidden while they are there.
class AbsenceNote : public WrappedLabel
{
    Q_OBJECT

public:
    explicit AbsenceNote(QWidget *parent = nullptr);

    /// Null for nobody. Rooms of more than two have nothing to say.
    void watch(PeopleModel *people, const QString &room);

protected:
    void changeEvent(QEvent *event) override;

private:
    void update();
    QString words() const;

    QPointer<PeopleModel> m_people;
    QString m_room;
};

} // namespace teahouse::client
