#pragma once

#include "gui-client/widgets/errandform.h"
#include "shared/joinlink.h"

class QLineEdit;
class QSpinBox;

namespace teahouse::client {

class QrCode;

/// Shows the link by which others find this server, as text and as a QR code, to be copied. Those
/// who may can have the server make an invite code that goes into it.
class LinkForm : public ErrandForm
{
    Q_OBJECT

public:
    enum class Codes { Hidden, Offered };

    LinkForm(Errands &errands, const JoinLink &link, Codes codes, QWidget *parent);

    /// As it is shown at present.
    QString link() const;

signals:
    void carriedOut(const QString &text);

protected:
    void submit() override; ///< copies the link
    void succeeded(const Answer &answer) override;

private:
    void addCode();
    void makeCode();
    void copyPicture();
    void showLink();

    JoinLink m_link;
    QLineEdit *m_text;
    QrCode *m_picture;
    QSpinBox *m_uses = nullptr;
    QSpinBox *m_days = nullptr;
    QLabel *m_note; ///< what the code is good for
};

} // namespace teahouse::client
