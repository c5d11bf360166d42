#include "gui-client/widgets/deletequestion.h"

#include "gui-client/widgets/question.h"
#include "gui-client/widgets/rowtext.h"

#include <QCoreApplication>

namespace teahouse::client {

namespace {

constexpr qsizetype shown = 200; ///< characters, enough to know the message by

class DeleteQuestion
{
    Q_DECLARE_TR_FUNCTIONS(teahouse::client::DeleteQuestion)
};

} // namespace

QMessageBox *askToDelete(QWidget *parent, const TranscriptRow &row,
                         const std::function<void()> &confirmed)
{
    QString excerpt = row.text.left(shown).simplified();
    if (row.text.size() > shown)
        excerpt += QChar(0x2026);
    const QString message = rowtext::isolated(rowtext::displayed(excerpt));
    // All in the one text whose format can be set: the informative one guesses rich text.
    const auto question = [message] {
        return Question{DeleteQuestion::tr("Delete Message"),
                        DeleteQuestion::tr("Delete this message for everybody? It cannot be "
                                           "brought back.")
                                + QStringLiteral("\n\n") + message,
                        DeleteQuestion::tr("&Delete"), DeleteQuestion::tr("&Keep")};
    };
    return ask(parent, question, confirmed);
}

} // namespace teahouse::client
