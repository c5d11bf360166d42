#include "gui-client/widgets/scrollbody.h"
#include "gui-client/widgets/wrappedlabel.h"

#include <QScrollBar>
#include <QTest>
#include <QVBoxLayout>

using namespace teahouse::client;
using namespace Qt::StringLiterals;

class TestScrollBody : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void scrollsWhatDoesNotFit();
    void endsTheBarAsSoonAsAllFits();
    void endsTheBarWhenTheFieldsBecomeFewer();

private:
    static constexpr int width = 300;

    /// A width at which the words need a line more once a bar has taken its part.
    int narrowest() const;
    bool hasBar() const { return m_body->verticalScrollBar()->maximum() > 0; }

    std::unique_ptr<QWidget> m_window;
    WrappedLabel *m_label = nullptr;
    ScrollBody *m_body = nullptr;
};

void TestScrollBody::init()
{
    m_window = std::make_unique<QWidget>();
    auto *fields = new QWidget;
    auto *column = new QVBoxLayout(fields);
    column->setContentsMargins(0, 0, 0, 0);
    m_label = new WrappedLabel(fields);
    m_label->setText(u"The cup is full and the tea is hot. "_s.repeated(12));
    column->addWidget(m_label);
    m_body = new ScrollBody(fields, m_window.get());
    m_window->resize(2 * width, 2 * width);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestScrollBody::cleanup()
{
    m_window.reset();
}

int TestScrollBody::narrowest() const
{
    const int bar = m_body->verticalScrollBar()->sizeHint().width();
    int found = width;
    while (m_body->heightForWidth(found) == m_body->heightForWidth(found - bar))
        ++found;
    return found;
}

void TestScrollBody::scrollsWhatDoesNotFit()
{
    m_body->resize(width, m_body->heightForWidth(width) - 1);
    QTRY_VERIFY(hasBar());
}

void TestScrollBody::endsTheBarAsSoonAsAllFits()
{
    const int wide = narrowest();
    m_body->resize(wide, 3 * m_body->fontMetrics().height());
    QTRY_VERIFY(hasBar());
    m_body->resize(wide, m_body->heightForWidth(wide));
    QTRY_VERIFY(!hasBar());
    QCOMPARE(m_body->viewport()->width(), wide);
}

void TestScrollBody::endsTheBarWhenTheFieldsBecomeFewer()
{
    const int wide = narrowest();
    const int needed = m_body->heightForWidth(wide);
    m_label->setText(m_label->text().repeated(2));
    m_body->resize(wide, needed);
    QTRY_VERIFY(hasBar());
    m_label->setText(m_label->text().left(m_label->text().size() / 2));
    QTRY_VERIFY(!hasBar());
}

QTEST_MAIN(TestScrollBody)
#include "tst_scrollbody.moc"
