using Microsoft.AspNetCore.Components.Server.Circuits;

namespace XoBlazor.App.Api.OpenMetrics;

/// <summary>Counts the pages that are open in browsers, those that have lost their connection and may come back included. Safe from any thread.</summary>
internal sealed class OpenCircuits : CircuitHandler
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _count);
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Decrement(ref _count);
        return Task.CompletedTask;
    }
}
