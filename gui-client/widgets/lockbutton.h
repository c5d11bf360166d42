#pragma once

#include "shared/fingerprint.h"

#include <QDate>
#include <QToolButton>

#include <optional>

namespace teahouse::client {

/// The small lock that says whether the connection is encrypted, and since when the key is trusted.
/// A click shows the same in words, with the fingerprint.
class LockButton : public QToolButton
{
    Q_OBJECT

public:
    explicit LockButton(QWidget *parent = nullptr);

    enum class State {
        Plain,
        Trusted,    ///< the person trusted the key, or a link did
        Authorised, ///< an authority vouches for the server's name
    };

    /// `key` is there unless it is plain; `since`: the day of Trusted.
    void showState(State state, const std::optional<Fingerprint> &key = {},
                   const QDate &since = {});

    /// What it says, in one sentence.
    QString words() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void showDetails();
    QIcon lock() const;

    State m_state = State::Plain;
    std::optional<Fingerprint> m_key;
    QDate m_since;
};

} // namespace teahouse::client
