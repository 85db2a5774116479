using System.Net.Sockets;
using System.Text;

namespace MemoryCluster.Gateway.Tests.HostileInputs;

/// <summary>HTTP by the byte, for requests that no client library would send.</summary>
internal static class RawHttp
{
    /// <summary>Sends the bytes on a connection of their own and reads until the server closes it.</summary>
    /// <param name="endSending">Whether the sending side is closed after the bytes, as a client that dies would.</param>
    public static async Task<RawAnswer> SendAsync(Uri address, byte[] request, bool endSending = false)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(request);
            if (endSending)
            {
                client.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (IOException)
        {
            // refused before all of it was sent: the answer is there to read all the same
        }

        return RawAnswer.Parse(await ReadToEndAsync(stream));
    }

    private static async Task<string> ReadToEndAsync(NetworkStream stream)
    {
        using var received = new MemoryStream();
        try
        {
            await stream.CopyToAsync(received);
        }
        catch (IOException)
        {
            // reset after the answer, because part of the request was never read
        }

        return Encoding.UTF8.GetString(received.ToArray());
    }
}
