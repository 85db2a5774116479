namespace Orleans.Concurrency;

/// <summary>Requests of such methods may interleave with every other request.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;
