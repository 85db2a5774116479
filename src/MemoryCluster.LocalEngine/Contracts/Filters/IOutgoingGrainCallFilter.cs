namespace Orleans;

/// <summary>Wraps every call that leaves for a grain. Registered as a service; filters run in the order of registration.</summary>
public interface IOutgoingGrainCallFilter
{
    Task Invoke(IOutgoingGrainCallContext context);
}
