using Microsoft.AspNetCore.Components;

namespace XoBlazor.App.Components.Live;

/// <summary>
/// A component that shows what is in the picture. It reads <see cref="Scene"/> while rendering and nothing else; the circuit's pulse
/// gives it the next scene and asks <see cref="IsDifferent"/> before it renders again.
/// </summary>
public abstract class LiveComponent : ComponentBase, ILive, IDisposable
{
    private IPictureSource? _joined;
    private CancellationTokenSource? _leaving;
    private bool _isGone;

    /// <summary>Cancelled when the component is taken away; may be asked for afterwards too, by what was still being read then.</summary>
    protected CancellationToken Gone => _isGone ? new(canceled: true) : (_leaving ??= new()).Token;

    [Inject]
    protected CircuitPulse Pulse { get; private set; } = default!;

    /// <summary>The picture that the frame shows: live, or a past moment.</summary>
    [CascadingParameter]
    public IPictureSource Pictures { get; set; } = default!;

    protected Scene Scene { get; private set; } = Scene.Empty;

    protected DateTimeOffset Now { get; private set; }

    /// <summary>Whether ages are shown, which change without any event.</summary>
    protected virtual bool FollowsTime => false;

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!ReferenceEquals(_joined, Pictures))
        {
            if (_joined is not null)
                Pulse.Leave(this, _joined);
            _joined = Pictures;
            Pulse.Join(this, Pictures);
        }

        Scene = Pictures.Current;
        Now = Pulse.Now;
        await base.SetParametersAsync(ParameterView.Empty);
    }

    public void Look(Beat beat)
    {
        var before = Scene;
        Scene = Pictures.Current;
        Now = beat.Now;
        if ((!ReferenceEquals(before, Scene) && IsDifferent(before)) || (beat.IsSecond && FollowsTime && IsOlder()))
            StateHasChanged();
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether what this component shows differs from what it showed of <paramref name="before"/>. Cheap: it is asked 15 times a second.</summary>
    protected virtual bool IsDifferent(Scene before) => true;

    /// <summary>Whether a second's passing shows.</summary>
    protected virtual bool IsOlder() => true;

    protected virtual void Dispose(bool disposing)
    {
        if (_joined is not null)
            Pulse.Leave(this, _joined);
        _joined = null;
        _isGone = true;
        _leaving?.Cancel();
        _leaving?.Dispose();
    }
}
