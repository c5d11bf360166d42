#pragma once

#include "gui-client/models/pagedtable.h"
#include "gui-client/widgets/worded.h"
#include "gui-client/widgets/wordedtable.h"

#include <QWidget>

#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;
class QTreeView;

namespace teahouse::client {

class FlowLayout;

/// A table that comes page by page: a filter, the rows, what became of asking for them, and a row
/// of buttons for what can be done about the selected one. F5 asks anew.
class TablePane : public QWidget
{
    Q_OBJECT

public:
    /// Its words, in the language of the moment.
    struct Face
    {
        QString name; ///< of the table, as it is read aloud
        QStringList captions;
        QString placeholder; ///< of the filter
        QString empty;       ///< said when there are no rows
    };

    /// Looks at no more rows than this by itself while something is filtered for.
    static constexpr int mostLookedAt = 2000;

    TablePane(PagedTable &model, std::function<Face()> face, const WordedTable::Words &words,
              QWidget *parent = nullptr);

    QTreeView *table() const { return m_table; }
    QLineEdit *filter() const { return m_filter; }

    /// The model's row that is selected; nothing when none is.
    std::optional<int> current() const;
    void select(int row);

    /// A button below the table, before the others; disabled without a selection when it needs one.
    enum class Needs { Nothing, Selection };
    QPushButton *addButton(const LiveText &text, Needs needs);

    /// A line of plain text about what was asked for; empty takes it away.
    void showError(const QString &text);

signals:
    void currentChanged();
    void activated(int row);

private:
    void build();
    void retranslate();
    void connectParts();
    void filterBy(const QString &text);
    void updateStatus();
    void updateButtons();
    QString statusText() const;

    PagedTable &m_model;
    WordedTable *m_worded;
    QLineEdit *m_filter;
    QPushButton *m_reload;
    QTreeView *m_table;
    QLabel *m_status;
    QPushButton *m_retry;
    QPushButton *m_more;
    QLabel *m_error;
    FlowLayout *m_buttons;
    QList<QPushButton *> m_needing; ///< a selection
    std::function<Face()> m_face;
};

} // namespace teahouse::client
