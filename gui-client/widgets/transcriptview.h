#pragma once

#include "gui-client/models/historyfrom.h"
#include "gui-client/models/transcriptmodel.h"
#include "gui-client/widgets/rowheights.h"
#include "gui-client/widgets/rowlayout.h"
#include "shared/chatprotocol.h"

#include <QAbstractScrollArea>
#include <QPersistentModelIndex>
#include <QPointer>
#include <QTimer>
#include <QUrl>

#include <map>
#include <memory>
#include <optional>
#include <utility>

class QMenu;
class QPushButton;

namespace teahouse::client {

/// Shows a transcript. Lays out only what is visible, so that a room of any size opens at once.
/// Opens where reading stopped. Follows the newest message while it is in view, and never moves
/// while the reader is further up: then a button tells how much is new. Stops following before the
/// first message that nobody has seen would leave the viewport. Says what is missing near
/// the reader, for somebody to load it. Text is selected with the mouse, across messages too.
/// Nothing is ever rendered as rich text, and nothing is opened: links are only told about.
class TranscriptView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit TranscriptView(QWidget *parent = nullptr);
    ~TranscriptView() override;

    /// Null shows nothing. The model may be deleted while it is shown.
    void setModel(TranscriptModel *model);
    TranscriptModel *model() const { return m_model; }

    /// Whether the newest message is in sight, and neither because a place is awaited nor because
    /// goTo() led past what was not seen.
    bool isAtNewest() const { return m_following && !m_target && !(m_led && isNewUnseen()); }
    QPushButton *newestButton() const { return m_newest; }
    QPushButton *firstNewButton() const { return m_firstNew; }

    /// How many messages were not read yet, as the buttons tell.
    void setUnread(int count);

    /// A place to come back to.
    struct Place
    {
        bool atNewest = true;
        quint64 seq = 0; ///< of a row in sight
        int y = 0;       ///< where it begins in the viewport
    };
    Place place();

    bool hasSelection() const;
    QString selectedText() const;

    /// How many rows were laid out since the last call.
    int takeLaidOut() { return std::exchange(m_laidOut, 0); }

    /// Where a row is in the viewport; empty when it is out of sight.
    QRect rowRect(int row);

    /// Where a part of a row is in the viewport, for instance its Retry; empty when it has none.
    QRect partRect(int row, RowPart part);

    /// What can be done about a row, for the context menu; null when it is not there.
    QMenu *createMenu(int row, const RowHit &hit);

    /// Without private conversations none are offered; without history it says so.
    void setCapabilities(const Capabilities &capabilities);

    /// Whether others' messages may be deleted, too.
    void setMayDelete(bool may) { m_mayDelete = may; }

    /// Where a message was brought to by goTo(), as long as it is marked; 0: nowhere.
    quint64 found() const { return m_found; }

public slots:
    void scrollToNewest();

    /// Something of one's own was added. Goes there unless that would pass by what is unread.
    void showOwn();
    void scrollToFirstNew();

    /// Shows a message and marks it for a moment; waits for it when it is not loaded.
    void goTo(quint64 seq);
    void goToPlace(const teahouse::client::TranscriptView::Place &place);

    /// What is waited for will not come.
    void stopWaiting();
    void scrollPages(int pages); ///< +1 down, -1 up
    void copy();
    void selectAll();
    void clearSelection();

signals:
    void linkActivated(const QUrl &url);
    void retryRequested(const QString &cid);
    void removeRequested(const QString &cid);
    void rewriteRequested(const QString &cid, const QString &text); ///< as it was typed
    void editRequested(quint64 seq);
    void deleteRequested(quint64 seq);
    void privateRequested(const QString &name);
    void ignoreRequested(const QString &name);

    /// A menu about a row that somebody else has written is being made, for others to add to.
    void personMenuOpening(QMenu *menu, const QString &name);
    void olderWanted();
    void gapWanted(teahouse::client::HistoryFrom from, quint64 edge);
    void aroundWanted(quint64 seq);
    void atNewestChanged(bool atNewest);
    void placed();                ///< what is in sight may be other rows than before
    void typed(QKeyEvent *event); ///< a key that means text; the event is still unused

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    /// A place between two characters of a row's body.
    struct Position
    {
        QPersistentModelIndex row;
        int offset = 0;
    };

    /// Where to go as soon as it is loaded.
    struct Target
    {
        static constexpr int nearTop = -1000000;
        quint64 seq = 0; ///< 0: the first message that was not read
        int y = nearTop; ///< where in the viewport
        bool mark = false;
    };

    // Following the model.
    void connectModel();
    void rowsInserted(int first, int last);
    void rowsRemoved(int first, int last);
    void rowsChanged(int first, int last);
    void measureAgain();

    // Placing rows.
    RowStyle style() const;
    RowLayout &layoutOf(int row);
    void scheduleLayout();
    void ensureLaidOut();
    void placeRows();
    void placeUpwards(int row, qint64 bottom);
    void placeDownwards(int row, qint64 top);
    std::pair<int, qint64> firstInSight() const;
    void anchorToText();
    void dropLayouts();
    void updateScrollBar();
    void setFollowing(bool following);
    void askForMissing();
    void askForGap(int row);
    void retryMissing();

    // Going to places, in transcriptview_places.cpp.
    bool isNewUnseen() const;
    bool isFirstNewAwaited() const;
    void awaitFirstNew();
    void holdFirstNew();
    void goToTarget();
    std::optional<int> targetRow();
    void mark(quint64 seq);
    void tellAtNewest();
    void updateFirstNew();
    void updateButtons();
    int topHeight() const;
    int bottomGap() const;
    QString topText() const;

    // Selecting, in transcriptview_input.cpp.
    std::pair<int, RowHit> hit(const QPoint &point);
    std::pair<int, QPoint> placeOf(const QPoint &point);
    Position positionAt(const QPoint &point);
    std::pair<Position, Position> ordered() const;
    std::pair<int, int> selectedRange(int row) const;
    void selectWord(const QPoint &point);
    void extendTo(const QPoint &point);
    void activate(int row, const RowHit &hit);
    void updateCursor(const QPoint &point);

    void paintTop(QPainter &painter);
    QRect topRect() const;
    void retranslate();

    QPointer<TranscriptModel> m_model;
    RowHeights m_heights;
    std::map<int, std::unique_ptr<RowLayout>> m_layouts; ///< of the rows in sight
    QPushButton *m_newest;
    QPushButton *m_firstNew;
    QTimer m_layoutTimer;
    QTimer m_scrollTimer;
    QTimer m_foundTimer;
    std::optional<Target> m_target;
    QPersistentModelIndex m_anchor; ///< the first row in sight
    qint64 m_anchorY = 0;           ///< where it begins in the viewport
    Position m_from;
    Position m_to;
    QPoint m_pressed;
    Capabilities m_capabilities = capabilitiesOf(ChatProtocol::Teahouse);
    quint64 m_found = 0;
    int m_unread = 0;
    int m_laidOut = 0;
    int m_value = 0; ///< of the scroll bar, as far as it was followed
    bool m_mayDelete = false;
    bool m_following = true;
    bool m_atNewest = true; ///< as it was told
    bool m_firstNewSeen = false;
    bool m_firstNewPassed = false; ///< the reader has gone past it
    bool m_led = false;            ///< by goTo(), perhaps past what is new, which is not the same
    bool m_measured = false;       ///< the heights of the rows in sight are right
    bool m_placing = false;
    bool m_selecting = false;
};

} // namespace teahouse::client
