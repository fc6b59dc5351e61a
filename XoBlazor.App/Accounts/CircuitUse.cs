using Microsoft.AspNetCore.SignalR;

namespace XoBlazor.App.Accounts;

/// <summary>
/// Tells what a person does in an open page from what the page does by itself: events and navigation are use of the session, the
/// browser's answers to what the server sent are not.
/// </summary>
/// <remarks>The names are those of the framework's hub: ComponentHub in ASP.NET Core's source.</remarks>
internal sealed class CircuitUse(SignInSessions sessions) : IHubFilter
{
    private static readonly string[] s_use = ["StartCircuit", "BeginInvokeDotNetFromJS", "OnLocationChanged"];

    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (invocationContext.Context.User is { } user && s_use.Contains(invocationContext.HubMethodName, StringComparer.Ordinal))
            sessions.Use(user);
        return next(invocationContext);
    }
}
