#pragma once

#include <QLayout>

namespace teahouse::client {

/// Widgets side by side, and in a further row where there is no room for them. Needs no more width
/// than its widest widget.
class FlowLayout : public QLayout
{
    Q_OBJECT

public:
    using QLayout::QLayout;
    ~FlowLayout() override;

    void addItem(QLayoutItem *item) override;
    int count() const override;
    QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    enum class Items { Stay, Move };
    int arrange(const QRect &rect, Items items) const;

    QList<QLayoutItem *> m_items; ///< owned
};

} // namespace teahouse::client
