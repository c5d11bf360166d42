#include "gui-client/widgets/worded.h"

#include <QComboBox>
#include <QEvent>
#include <QRegularExpression>

namespace teahouse::client {

namespace {

/// Waits for the widget to be told of another language.
class Wording : public QObject
{
public:
    Wording(QWidget *widget, std::function<void()> set) : QObject(widget), m_set(std::move(set))
    {
        widget->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::LanguageChange)
            m_set();
        return QObject::eventFilter(watched, event);
    }

private:
    std::function<void()> m_set;
};

} // namespace

void worded(QWidget *widget, const std::function<void()> &set)
{
    set();
    new Wording(widget, set);
}

void setChoices(QComboBox &box, const QStringList &texts)
{
    for (int i = 0; i < static_cast<int>(texts.size()); ++i) {
        if (i < box.count())
            box.setItemText(i, texts.at(i));
        else
            box.addItem(texts.at(i));
    }
}

QString spokenLabel(QString text)
{
    static const QRegularExpression key(
            QStringLiteral("\\(&\\w\\)")); // in Chinese it stands behind
    return text.remove(key).remove(u'&').remove(u':').remove(QChar(0xFF1A));
}

} // namespace teahouse::client
