"""What search engines, feed readers and messengers read: sitemap, feed, structured data, cards for shared links."""
