#pragma once

#include "shared/fingerprint.h"

#include <QDialog>

#include <optional>

class QCheckBox;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace teahouse::client {

/// Asks whether to go on with a server that has not proved who it is, or that is not encrypted. The
/// way out is the default. Accepted where the person agrees; deletes itself when it is closed.
class ServerQuestion : public QDialog
{
    Q_OBJECT

public:
    struct Subject
    {
        enum class Kind {
            NewServer,
            KnownElsewhere, ///< the key of the server `name`, met at `elsewhere`
            ChangedKey,     ///< `before` was trusted; a box has to be ticked first
            PlainText,      ///< there is no key
        };

        Kind kind = Kind::NewServer;
        QString address;
        std::optional<Fingerprint> key = {};
        std::optional<Fingerprint> before = {};
        QString name = {};
        QString elsewhere = {};
        bool isVouched = false; ///< an authority vouches for the changed key
    };

    ServerQuestion(const Subject &subject, QWidget *parent);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QLabel *addFingerprint(QVBoxLayout *column, const Fingerprint &fingerprint);
    void build(QVBoxLayout *column);
    void retranslate();
    QString introduction() const;
    QString reasons() const;

    Subject m_subject;
    QLabel *m_text;
    QLabel *m_beforeLabel = nullptr; ///< these four only where there is such a key
    QLabel *m_before = nullptr;
    QLabel *m_keyLabel = nullptr;
    QLabel *m_key = nullptr;
    QLabel *m_reasons;
    QCheckBox *m_compared;
    QPushButton *m_yes;
    QPushButton *m_cancel;
};

} // namespace teahouse::client
