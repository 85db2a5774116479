namespace MemoryCluster;

/// <summary>One item of a batch: a result, or the fault that befell it alone.</summary>
[GenerateSerializer, Immutable, Alias("mc.RememberOutcome")]
public sealed record RememberOutcome
{
    [Id(0)]
    public RememberResult? Result { get; init; }

    [Id(1)]
    public MemoryFault Fault { get; init; }

    [Id(2)]
    public string? Code { get; init; }

    [Id(3)]
    public string? Message { get; init; }

    /// <summary>The outcome of a decision.</summary>
    public static RememberOutcome Of(RememberResult result) => new() { Result = result };

    /// <summary>The outcome of a fault.</summary>
    public static RememberOutcome Of(MemoryClusterException fault) => new() { Fault = fault.Fault, Code = fault.Code, Message = fault.Message };

    /// <summary>The result, or the fault as an exception.</summary>
    public RememberResult Unwrap() => Result ?? throw new MemoryClusterException(Fault, Message ?? "", code: Code);
}
