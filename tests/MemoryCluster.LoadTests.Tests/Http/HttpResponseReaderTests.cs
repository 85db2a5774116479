using System.Text;
using MemoryCluster.LoadTests.Http;

namespace MemoryCluster.LoadTests.Tests.Http;

public sealed class HttpResponseReaderTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, "hello")]
    [InlineData("HTTP/1.1 404 Not Found\r\nServer: k\r\ncontent-length:2\r\n\r\nno", 404, "no")]
    [InlineData("HTTP/1.1 204 No Content\r\nServer: k\r\n\r\n", 204, "")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1a\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n", 200,
        "5\r\nhello\r\n1a\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n")]
    public void Answer_IsReadOnlyWhenItIsWhole(string text, int status, string body)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        for (var length = 0; length < bytes.Length; length++)
            Assert.False(HttpResponseReader.TryRead(bytes.AsSpan(0, length), out _));

        Assert.True(HttpResponseReader.TryRead(bytes, out var answer));
        Assert.Equal(status, answer.Status);
        Assert.Equal(body, text[answer.BodyStart..answer.End]);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n")]
    public void NoAnswer_IsRefused(string text) =>
        Assert.Throws<InvalidDataException>(() => HttpResponseReader.TryRead(Encoding.ASCII.GetBytes(text), out _));
}
