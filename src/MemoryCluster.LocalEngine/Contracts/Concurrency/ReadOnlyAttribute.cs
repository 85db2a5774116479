namespace Orleans.Concurrency;

/// <summary>Requests of such methods may interleave with each other, not with others.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;
