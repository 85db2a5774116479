namespace Orleans.Runtime;

/// <summary>The identity of a stream: its namespace and its key.</summary>
[GenerateSerializer, Immutable]
public readonly struct StreamId : IEquatable<StreamId>, IComparable<StreamId>
{
    [Id(0)]
    private readonly string? _namespace;

    [Id(1)]
    private readonly string? _key;

    private StreamId(string? ns, string key)
    {
        _namespace = ns;
        _key = key;
    }

    public static StreamId Create(string? ns, string key) => new(ns, key);

    public string GetKeyAsString() => _key ?? "";

    public string? GetNamespace() => _namespace;

    public bool Equals(StreamId other) =>
        string.Equals(_key, other._key, StringComparison.Ordinal) && string.Equals(_namespace, other._namespace, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is StreamId other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_namespace, _key);

    public int CompareTo(StreamId other)
    {
        var order = string.CompareOrdinal(_namespace, other._namespace);
        return order != 0 ? order : string.CompareOrdinal(_key, other._key);
    }

    public override string ToString() => _namespace is null ? GetKeyAsString() : $"{_namespace}/{_key}";

    public static bool operator ==(StreamId left, StreamId right) => left.Equals(right);

    public static bool operator !=(StreamId left, StreamId right) => !left.Equals(right);
}
