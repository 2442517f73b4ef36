#include "engines/http/forwarded.h"

#include <gtest/gtest.h>

#include "engines/http/proxy_header.h"

namespace bramble::http {
namespace {

ProxyRules rules(ForwardedHeader header) {
  return {.trusted = {*IpNetwork::parse("10.0.0.0/8"), *IpNetwork::parse("fd00::/8")}, .header = header};
}

std::string client(ForwardedHeader which, std::initializer_list<std::pair<const char*, const char*>> fields) {
  HttpHeaders headers;
  for (const auto& [name, value] : fields) headers.add(name, value);
  auto behind = behind_proxy(headers, *IpAddress::parse("10.0.0.1"), rules(which));
  auto text = behind.address.text();
  if (behind.secure) text += *behind.secure ? " https" : " http";
  return text;
}

TEST(Forwarded, IsReadFromTheRightAsFarAsTrustedProxiesWroteIt) {
  using enum ForwardedHeader;
  struct Case {
    const char* list;
    const char* client;
  };
  for (const auto& one :
       {Case{"203.0.113.7", "203.0.113.7"}, Case{"1.1.1.1, 203.0.113.7", "203.0.113.7"},
        Case{"1.1.1.1, 203.0.113.7, 10.2.3.4", "203.0.113.7"}, Case{"203.0.113.7:5123", "203.0.113.7"},
        Case{"2001:db8::1", "2001:db8::1"}, Case{"[2001:db8::1]:80", "2001:db8::1"},
        Case{"203.0.113.7, fd00::5", "203.0.113.7"}, Case{"10.9.9.9", "10.9.9.9"}, Case{"", "10.0.0.1"},
        Case{"203.0.113.7, unknown", "10.0.0.1"}, Case{"127.0.0.1, junk", "10.0.0.1"},
        Case{"203.0.113.7, , ", "203.0.113.7"}, Case{"127.0.0.1", "127.0.0.1"},
        Case{"\", 203.0.113.7", "203.0.113.7"}}) {
    EXPECT_EQ(client(x_forwarded_for, {{"X-Forwarded-For", one.list}}), one.client) << one.list;
  }
  EXPECT_EQ(client(x_forwarded_for, {{"x-forwarded-for", "1.1.1.1"}, {"X-Forwarded-For", "203.0.113.7"}}),
            "203.0.113.7")
      << "fields of one name are one list";
}

TEST(Forwarded, SpeaksTheStandardToo) {
  using enum ForwardedHeader;
  struct Case {
    const char* list;
    const char* client;
  };
  for (const auto& one :
       {Case{"for=203.0.113.7", "203.0.113.7"}, Case{"For=\"[2001:db8::1]:4711\"", "2001:db8::1"},
        Case{"for=1.1.1.1, for=203.0.113.7;proto=https;by=10.0.0.1", "203.0.113.7 https"},
        Case{"for=203.0.113.7;proto=https, for=10.2.2.2;proto=http", "203.0.113.7 https"},
        Case{"for=\"1.1.1.1, for=9.9.9.9\", for=203.0.113.7", "203.0.113.7"},
        Case{"for=_hidden, for=10.2.2.2", "10.2.2.2"}, Case{"proto=https", "10.0.0.1 https"},
        Case{"for=\"203.0.113.7", "10.0.0.1"}, Case{"for=\"1.1.1.1, for=203.0.113.7", "203.0.113.7"},
        Case{"\"\\\", for=\"[2001:db8::1]\"", "2001:db8::1"}}) {
    EXPECT_EQ(client(forwarded, {{"Forwarded", one.list}}), one.client) << one.list;
  }
}

TEST(Forwarded, OnlyTheConfiguredHeaderCounts) {
  using enum ForwardedHeader;
  EXPECT_EQ(client(x_forwarded_for,
                   {{"Forwarded", "for=1.1.1.1;proto=https"}, {"X-Forwarded-For", "203.0.113.7"}}),
            "203.0.113.7");
  EXPECT_EQ(client(forwarded, {{"X-Forwarded-For", "1.1.1.1"}, {"X-Forwarded-Proto", "https"}}), "10.0.0.1");
  EXPECT_EQ(client(x_forwarded_for,
                   {{"X-Forwarded-For", "203.0.113.7"}, {"X-Forwarded-Proto", "http, https"}}),
            "203.0.113.7 https");
  EXPECT_EQ(client(x_forwarded_for, {{"X-Forwarded-Proto", "gopher"}}), "10.0.0.1");
}

std::string read(std::string_view bytes) {
  auto header = read_proxy_header(bytes);
  if (header.state == ProxyHeaderState::incomplete) return "incomplete";
  if (header.state == ProxyHeaderState::malformed) return "malformed";
  return (header.client ? header.client->text() : "itself") + " " + std::to_string(header.bytes);
}

TEST(ProxyHeader, VersionOneIsALine) {
  EXPECT_EQ(read("PROXY TCP4 203.0.113.7 10.0.0.1 56324 443\r\nGET /"), "203.0.113.7 43");
  EXPECT_EQ(read("PROXY TCP6 2001:db8::1 fd00::1 1 2\r\n"), "2001:db8::1 36");
  EXPECT_EQ(read("PROXY UNKNOWN\r\n"), "itself 15");
  EXPECT_EQ(read("PROXY UNKNOWN whatever it says\r\n"), "itself 32");
  for (const char* text : {"", "P", "PROXY", "PROXY TCP4 203.0.113.7 10.0"})
    EXPECT_EQ(read(text), "incomplete") << text;
  for (const char* text :
       {"GET / HTTP/1.1\r\n", "PROXY TCP4 203.0.113.7\r\n", "PROXY TCP4 2001:db8::1 fd00::1 1 2\r\n",
        "PROXY TCP6 203.0.113.7 10.0.0.1 1 2\r\n", "PROXY TCP4 203.0.113.7 10.0.0.1 1 65536\r\n",
        "PROXY TCP4 203.0.113.7 10.0.0.1 1 2 3\r\n", "PROXY TCP4  203.0.113.7 10.0.0.1 1 2\r\n",
        "PROXY UDP4 203.0.113.7 10.0.0.1 1 2\r\n", "proxy TCP4 203.0.113.7 10.0.0.1 1 2\r\n"}) {
    EXPECT_EQ(read(text), "malformed") << text;
  }
  EXPECT_EQ(read("PROXY TCP4 " + std::string(200, '1')), "malformed");
}

TEST(ProxyHeader, VersionTwoIsBinary) {
  std::string head("\r\n\r\n\0\r\nQUIT\n", 12);
  std::string v4 = head + std::string("\x21\x11\x00\x0C\xCB\x00\x71\x07\x0A\x00\x00\x01\xDC\x04\x01\xBB", 16);
  EXPECT_EQ(read(v4 + "GET /"), "203.0.113.7 28");
  for (std::size_t length = 0; length < v4.size(); ++length)
    EXPECT_EQ(read(v4.substr(0, length)), "incomplete") << length;
  std::string with_more =
      head + std::string("\x21\x11\x00\x0F\xCB\x00\x71\x07\x0A\x00\x00\x01\xDC\x04\x01\xBB\x01\x00\x00", 19);
  EXPECT_EQ(read(with_more), "203.0.113.7 31") << "what a proxy adds is skipped";
  std::string v6 = head + std::string("\x21\x21\x00\x24", 4) + std::string("\x20\x01\x0D\xB8", 4) +
                   std::string(11, '\0') + "\x01" + std::string(20, '\0');
  EXPECT_EQ(read(v6), "2001:db8::1 52");
  EXPECT_EQ(read(head + std::string("\x20\x00\x00\x00", 4)), "itself 16") << "a health check";
  EXPECT_EQ(read(head + std::string("\x21\x31\x00\x00", 4)), "itself 16") << "a Unix socket";
  EXPECT_EQ(read(head + std::string("\x11\x11\x00\x0C", 4)), "malformed") << "another version";
  EXPECT_EQ(read(head + std::string("\x22\x11\x00\x0C", 4)), "malformed") << "another command";
  EXPECT_EQ(read(head + std::string("\x21\x11\x00\x04\x01\x02\x03\x04", 8)), "malformed")
      << "too short for its family";
  EXPECT_EQ(read(head + std::string("\x21\x11\xFF\xFF", 4)), "malformed") << "longer than is read";
}

}  // namespace
}  // namespace bramble::http
