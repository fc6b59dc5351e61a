using Microsoft.AspNetCore.Components;

namespace XoBlazor.App.Components.Live;

/// <summary>
/// Drives the circuit's <see cref="CircuitPulse"/>. The members look again while this component renders: the renderer then collects
/// whatever they ask for into the same batch, so that one beat is one message to the browser.
/// </summary>
public sealed class PulseRoot : IComponent, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private RenderHandle _handle;
    private Task? _running;

    [Inject]
    private CircuitPulse Pulse { get; set; } = default!;

    public void Attach(RenderHandle renderHandle) => _handle = renderHandle;

    public Task SetParametersAsync(ParameterView parameters)
    {
        _running ??= Pulse.RunAsync(BeatAsync, _stop.Token);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
    }

    private async Task BeatAsync(Beat beat)
    {
        try
        {
            await _handle.Dispatcher.InvokeAsync(() => _handle.Render(_ => Pulse.Spread(beat)));
        }
        catch (ObjectDisposedException)
        {
            // The circuit ended between the tick and the dispatch.
        }
    }
}
