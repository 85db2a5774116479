namespace Orleans;

/// <summary>Wraps every call that arrives at a grain. Registered as a service; filters run in the order of registration.</summary>
public interface IIncomingGrainCallFilter
{
    Task Invoke(IIncomingGrainCallContext context);
}
