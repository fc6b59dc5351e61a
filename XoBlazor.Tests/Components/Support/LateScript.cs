using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using XoBlazor.App.Components.Layout;

namespace XoBlazor.Tests.Components.Support;

/// <summary>A slow way to the browser: one function of the frame's script (or <c>import</c>, the script itself) is not called before <see cref="LetGo"/>.</summary>
public sealed class LateScript(string function)
{
    private readonly TaskCompletionSource _goes = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _returned = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the late call has been answered.</summary>
    public Task Returned => _returned.Task;

    public void LetGo() => _goes.TrySetResult();

    /// <summary>Gives it to every circuit.</summary>
    public void AddTo(IServiceCollection services) => services.AddScoped(provider => new BrowserScript(new Runtime(this, provider.GetRequiredService<IJSRuntime>())));

    private async ValueTask<T> CallAsync<T>(string name, Func<ValueTask<T>> call)
    {
        if (name != function)
            return await call();
        await _goes.Task;
        var answer = await call();
        _returned.TrySetResult();
        return answer;
    }

    private sealed class Runtime(LateScript late, IJSRuntime runtime) : IJSRuntime
    {
        public ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args) => InvokeAsync<T>(identifier, CancellationToken.None, args);

        public async ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args)
        {
            var answer = await late.CallAsync(identifier, () => runtime.InvokeAsync<T>(identifier, cancellationToken, args));
            return answer is IJSObjectReference module ? (T)(object)new Module(late, module) : answer;
        }
    }

    private sealed class Module(LateScript late, IJSObjectReference module) : IJSObjectReference
    {
        public ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args) => InvokeAsync<T>(identifier, CancellationToken.None, args);

        public ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args) =>
            late.CallAsync(identifier, () => module.InvokeAsync<T>(identifier, cancellationToken, args));

        public ValueTask DisposeAsync() => module.DisposeAsync();
    }
}
