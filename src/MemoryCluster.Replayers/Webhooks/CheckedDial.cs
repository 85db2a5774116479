using System.Net;
using System.Net.Sockets;

namespace MemoryCluster.Replayers;

/// <summary>
/// Resolves a host itself, refuses it where one of its addresses may not be called, and connects to an address that was checked: a name that
/// resolves otherwise a moment later changes nothing.
/// </summary>
/// <param name="rule">Which addresses may be called.</param>
/// <param name="resolve">Resolves a name.</param>
internal sealed class CheckedDial(AddressRule rule, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var isPlain = context.InitialRequestMessage.RequestUri?.Scheme != Uri.UriSchemeHttps;
        var addresses = await CheckedAsync(context.DnsEndPoint.Host, isPlain, cancellationToken).ConfigureAwait(false);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The addresses of a host, all of which may be called.</summary>
    /// <exception cref="AddressRefusedException">One of them may not.</exception>
    internal async Task<IPAddress[]> CheckedAsync(string host, bool isPlain, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellationToken).ConfigureAwait(false);
        var mayCall = addresses.Length > 0 && Array.TrueForAll(addresses, address => isPlain ? rule.IsAllowListed(address) : rule.MayCall(address));
        return mayCall ? addresses : throw new AddressRefusedException();
    }
}
