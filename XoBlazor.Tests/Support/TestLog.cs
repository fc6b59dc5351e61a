using Microsoft.Extensions.Logging;

namespace XoBlazor.Tests.Support;

/// <summary>Sends a log to the output of the test that made this, which is shown when the test fails. A log that no test owns, such as that of a fixture, goes nowhere.</summary>
[ProviderAlias("Test")]
internal sealed class TestLog : ILoggerProvider
{
    private readonly ITestOutputHelper? _output = TestContext.Current.TestOutputHelper;

    public ILogger CreateLogger(string categoryName) => new Writer(_output, categoryName);

    public void Dispose()
    {
    }

    private sealed class Writer(ITestOutputHelper? output, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => output is not null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            try
            {
                output?.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {logLevel} {category}: {formatter(state, exception)} {exception}".TrimEnd());
            }
            catch (InvalidOperationException)
            {
                // The test is over, and the server is not yet.
            }
        }
    }
}
