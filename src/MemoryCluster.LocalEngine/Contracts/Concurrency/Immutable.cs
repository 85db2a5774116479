namespace Orleans.Concurrency;

/// <summary>Wraps a value that is not changed after it was sent.</summary>
[GenerateSerializer, Immutable]
public readonly struct Immutable<T>(T value)
{
    [Id(0)]
    public readonly T Value = value;
}
