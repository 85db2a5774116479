using System.Globalization;
using System.Net;

namespace Orleans.Runtime;

/// <summary>The address of one life of one silo: a restarted silo has a higher generation.</summary>
[GenerateSerializer, Immutable]
public sealed class SiloAddress : IEquatable<SiloAddress>, IComparable<SiloAddress>
{
    private SiloAddress(IPEndPoint endpoint, int generation)
    {
        Endpoint = endpoint;
        Generation = generation;
    }

    public IPEndPoint Endpoint { get; }

    public int Generation { get; }

    public static SiloAddress New(IPEndPoint ep, int gen) => new(ep, gen);

    public static SiloAddress New(IPAddress address, int port, int generation) => new(new IPEndPoint(address, port), generation);

    public string ToParsableString() => string.Create(CultureInfo.InvariantCulture, $"{Endpoint.Address}-{Endpoint.Port}@{Generation}");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"S{Endpoint.Address}:{Endpoint.Port}:{Generation}");

    public bool Equals(SiloAddress? other) => other is not null && Generation == other.Generation && Endpoint.Equals(other.Endpoint);

    public override bool Equals(object? obj) => Equals(obj as SiloAddress);

    public override int GetHashCode() => HashCode.Combine(Endpoint.Port, Generation);

    public int CompareTo(SiloAddress? other) =>
        other is null ? 1 : (Endpoint.Port, Generation).CompareTo((other.Endpoint.Port, other.Generation));
}
