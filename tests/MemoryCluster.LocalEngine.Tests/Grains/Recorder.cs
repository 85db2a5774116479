using Orleans;

namespace MemoryCluster.LocalEngine.Tests.Grains;

/// <summary>Filters that write down what passes, on both sides.</summary>
internal sealed class Recorder(Log log) : IIncomingGrainCallFilter, IOutgoingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        log.Add($"in {context.InterfaceName}.{context.MethodName} on {context.TargetId}");
        if (context.Request.GetArgumentCount() > 0 && context.Request.GetArgument(0) is 7)
        {
            context.Request.SetArgument(0, 70);
        }

        await context.Invoke();
        log.Add($"in gave {context.Result}, {context.ImplementationMethod.DeclaringType!.Name}");
        if (context.Result is 77)
        {
            context.Result = 777;
        }
    }

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        log.Add($"out {context.MethodName} from {context.SourceId?.ToString() ?? "a client"}");
        try
        {
            await context.Invoke();
        }
        catch (NotFiniteNumberException)
        {
            log.Add("out failed, and again");
            await context.Invoke();
        }
    }
}
