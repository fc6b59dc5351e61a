using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Plugins;

namespace XoBlazor.App.Accounts.Providers.Plugins;

/// <summary>
/// Questions of signing in to plugins: a few at a time, and one that does not answer is left alone for a growing while, so that it holds up nobody who has another way in. Fails with
/// <see cref="ProviderException"/>. Thread-safe.
/// </summary>
internal sealed class PluginQuestions(PluginFleet fleet, TimeProvider time)
{
    private const int MostAtOnce = 8;

    /// <summary>How long somebody who signs in waits for a plugin.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longestRest = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, State> _states = new(StringComparer.Ordinal);

    public async Task<JsonElement> AskAsync(string plugin, string name, string method, JsonObject parameters, CancellationToken token)
    {
        var state = _states.GetOrAdd(plugin, _ => new());
        if (state.RestsUntil(time.GetUtcNow()) is { } until)
            throw new ProviderException($"{name} failed a moment ago and is asked again {until.UtcDateTime:HH:mm:ss} UTC.");
        if (!await state.Turns.WaitAsync(TimeSpan.Zero, token))
            throw new ProviderException($"{name} is busy with {MostAtOnce} sign-ins already.");
        var begun = time.GetTimestamp();
        try
        {
            var answer = await fleet.AskAsync(plugin, method, parameters, Longest, token);
            state.Answered();
            return answer;
        }
        catch (PluginException failed)
        {
            // What fails at once keeps nobody waiting, and somebody's wrong answer must not shut the door for all.
            if (time.GetElapsedTime(begun) >= s_slow)
                state.Failed(time.GetUtcNow());
            throw new ProviderException(failed.Message, failed);
        }
        finally
        {
            state.Turns.Release();
        }
    }

    private sealed class State
    {
        private readonly Lock _gate = new();
        private TimeSpan _rest;
        private DateTimeOffset _until;

        // Never disposed: without a wait handle there is nothing to give back.
        public SemaphoreSlim Turns { get; } = new(MostAtOnce, MostAtOnce);

        public DateTimeOffset? RestsUntil(DateTimeOffset now)
        {
            lock (_gate)
                return _until > now ? _until : null;
        }

        public void Answered()
        {
            lock (_gate)
                (_rest, _until) = (default, default);
        }

        // Many who failed at the same time are one failure.
        public void Failed(DateTimeOffset now)
        {
            lock (_gate)
            {
                if (_until > now)
                    return;
                _rest = _rest == default ? s_first : _rest * 2 < s_longestRest ? _rest * 2 : s_longestRest;
                _until = now + _rest;
            }
        }
    }
}
