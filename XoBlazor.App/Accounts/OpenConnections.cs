using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Http.Features;

namespace XoBlazor.App.Accounts;

/// <summary>
/// Sign-out reaches what is already open. A circuit first asks its page to go to the sign-in page; the connections of circuits and whatever upgraded
/// from HTTP are cut off a moment later, whether the browser did so or not.
/// </summary>
internal static class OpenConnections
{
    /// <summary>Where circuits connect.</summary>
    public const string Circuits = "/_blazor";

    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    public static void UseOpenConnections(this WebApplication app)
    {
        var sessions = app.Services.GetRequiredService<SignInSessions>();
        var time = app.Services.GetRequiredService<TimeProvider>();
        app.Use(async (context, next) =>
        {
            if (!IsLasting(context) || context.User.Identity is not { IsAuthenticated: true })
            {
                await next(context);
                return;
            }

            using var done = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            var cut = CutAsync(context, sessions.Ended(context.User), done.Token, time);
            await next(context);
            await done.CancelAsync();
            await cut;
        });
    }

    // Whether a request is a WebSocket knows only the middleware that accepts it, which comes later; what can become one is enough. A circuit may also
    // live on polls that each stay open for long.
    private static bool IsLasting(HttpContext context) =>
        context.Request.Path.StartsWithSegments(Circuits, StringComparison.OrdinalIgnoreCase)
        || context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    private static async Task CutAsync(HttpContext context, CancellationToken ended, CancellationToken done, TimeProvider time)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var onEnd = ended.Register(() => signal.TrySetResult());
        using var onDone = done.Register(() => signal.TrySetCanceled(done));
        try
        {
            await signal.Task;
            await Task.Delay(s_grace, time, done);
            context.Abort();
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
        }
    }

    /// <summary>One circuit's part: leaves for the sign-in page, and lets nobody take the circuit up again.</summary>
    internal sealed class Leaving(SignInSessions sessions, AuthenticationStateProvider identity, NavigationManager navigation) : CircuitHandler, IDisposable
    {
        private CancellationToken _ended;
        private CancellationTokenRegistration _leave;

        public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
        {
            var user = (await identity.GetAuthenticationStateAsync()).User;
            _ended = sessions.Ended(user);
            _leave = _ended.Register(() => navigation.NavigateTo(SignInEndpoints.Path, forceLoad: true));
        }

        public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) =>
            _ended.IsCancellationRequested ? throw new InvalidOperationException("The session of this circuit has ended.") : Task.CompletedTask;

        public void Dispose() => _leave.Dispose();
    }
}
