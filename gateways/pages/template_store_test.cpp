#include "gateways/pages/template_store.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace bramble::pages {
namespace {

std::string asset_url(std::string_view name) { return "/assets/" + std::string(name); }

class TemplateStoreTest : public testing::Test {
 protected:
  // The only template, rendered.
  std::string render(std::string_view html, const View& view, std::string_view messages = "") {
    std::vector<PageFile> files = {{"page.html", html}, {"texts.ru.txt", messages}};
    Messages texts("ru", files);
    return TemplateStore(files, texts, asset_url).render("page.html", view);
  }
  std::string with_value(std::string_view html, std::string_view value) {
    PageView view;
    view.set("X", value);
    return render(html, view);
  }
  void refuses(std::string_view html) { EXPECT_THROW(render(html, PageView()), Error) << html; }
};

TEST_F(TemplateStoreTest, StoredScriptsStayTextWhereverTheyStand) {
  constexpr std::string_view script = "<script>alert('x')</script>\"&";
  EXPECT_EQ(with_value("<p>{{X}}</p>", script),
            "<p>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;</p>");
  EXPECT_EQ(with_value("<title>{{X}}</title>", script),
            "<title>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;</title>");
  EXPECT_EQ(with_value("<p title=\"{{X}}\">", "\" onload=\"alert(1)"),
            "<p title=\"&quot; onload=&quot;alert(1)\">");
  EXPECT_EQ(with_value("<input value='{{X}}'>", "' autofocus onfocus='x"),
            "<input value='&#39; autofocus onfocus=&#39;x'>");
  EXPECT_EQ(with_value("<textarea>{{X}}</textarea>", "</textarea><script>"),
            "<textarea>&lt;/textarea&gt;&lt;script&gt;</textarea>");
}

TEST_F(TemplateStoreTest, AnAddressCannotBecomeAScript) {
  auto link = with_value("<a href=\"{{X}}\">", "javascript:alert(1)");
  EXPECT_EQ(link.find("javascript"), std::string::npos) << link;
  auto picture = with_value("<img src=\"{{X}}\">", "data:text/html,<script>");
  EXPECT_EQ(picture.find("data:"), std::string::npos) << picture;
  EXPECT_EQ(with_value("<a href=\"{{X}}\">", "/search?q=%D1%87&page=2"),
            "<a href=\"/search?q=%D1%87&amp;page=2\">");
  EXPECT_EQ(with_value("<a href=\"/search?q={{X}}\">", "a&b=\"c d\""),
            "<a href=\"/search?q=a&amp;b=&quot;c d&quot;\">");
  EXPECT_EQ(with_value("<a href=\"/products/{{X}}\">", "prd_01-a"), "<a href=\"/products/prd_01-a\">");
}

TEST_F(TemplateStoreTest, DataForMachinesCannotEndItsElement) {
  PageView view;
  view.set_json("JSON_LD", "{\"name\":\"</script><script>alert(1)//&amp;\"}");
  auto html = render("<script type=\"application/ld+json\">{{JSON_LD:none}}</script><p>{{X}}</p>", view);
  EXPECT_EQ(html, "<script type=\"application/ld+json\">{\"name\":\"\\u003c/script\\u003e\\u003cscript\\u003e"
                  "alert(1)//\\u0026amp;\"}</script><p></p>");
}

TEST_F(TemplateStoreTest, NothingElseIsLeftUnescaped) {
  refuses("<p>{{X:none}}</p>");
  refuses("<p>{{X:h}}</p>");
  refuses("<script>{{JSON_LD:h}}</script>");
}

TEST_F(TemplateStoreTest, MessagesAreInTheTemplateEscaped) {
  PageView view;
  view.set("X", "7");
  EXPECT_EQ(render("<p title=\"[[a.b]]\">[[a.b]] {{X}}</p>", view, "a.b = 5 < 6 & \"so\""),
            "<p title=\"5 &lt; 6 &amp; &quot;so&quot;\">5 &lt; 6 &amp; &quot;so&quot; 7</p>");
  std::vector<PageFile> files = {{"page.html", "[[with.arguments]]"},
                                 {"a.ru.txt", "with.arguments = {count}"}};
  Messages texts("ru", files);
  EXPECT_THROW(TemplateStore(files, texts, asset_url), Error);
}

TEST_F(TemplateStoreTest, APlaceholderThatStandsForNothingIsAnError) {
  refuses("<p>[[no.such.message]]</p>");
  refuses("<p>[[include other.html]]</p>");
  refuses("<p>[[include page.html]]</p>");
  refuses("<p>[[open</p>");
  refuses("<p>{{#S}}</p>");
}

TEST_F(TemplateStoreTest, SectionsSeeWhatIsAroundThem) {
  PageView view;
  view.set("A", "a");
  for (auto* name : {"1", "2"}) view.add("ROW").set("B", name);
  EXPECT_EQ(render("{{#ROW}}{{A}}{{B}} {{/ROW}}{{#NO}}no{{/NO}}", view), "a1 a2 ");
}

TEST_F(TemplateStoreTest, FilesAreIncludedAndAssetsNamed) {
  std::vector<PageFile> files = {{"page.html", "[[include top.html]]\n  <p>\n  end</p>\n"},
                                 {"top.html", "<link href=\"[[asset a.css]]\">"}};
  Messages texts("ru", files);
  TemplateStore store(files, texts, asset_url);
  EXPECT_EQ(store.render("page.html", PageView()), "<link href=\"/assets/a.css\">\n<p>\nend</p>\n");
  EXPECT_THROW(store.render("other.html", PageView()), Error);
}

}  // namespace
}  // namespace bramble::pages
