using System.Globalization;

namespace Orleans;

/// <summary>How long a caller of the method waits for the answer, instead of the cluster's default.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResponseTimeoutAttribute : Attribute
{
    public ResponseTimeoutAttribute(string timeout) => Timeout = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture);

    public TimeSpan? Timeout { get; init; }
}
