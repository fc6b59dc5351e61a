using Microsoft.Extensions.Time.Testing;
using XoBlazor.App.Accounts.Directories;

namespace XoBlazor.Tests.App.Accounts.DirectoryAccounts;

public sealed class StrangerLocksTests
{
    private static readonly Guid s_directory = Guid.NewGuid();

    private readonly FakeTimeProvider _time = new();
    private readonly StrangerLocks _strangers;

    public StrangerLocksTests() => _strangers = new StrangerLocks(_time);

    [Fact]
    public void Failures_LockAsThoseOfAccounts()
    {
        var minutes = new List<double>();
        for (var i = 0; i < 10; i++)
            minutes.Add((_strangers.Fail(s_directory, "one").Until - _time.GetUtcNow())?.TotalMinutes ?? 0);

        Assert.Equal([0, 0, 0, 0, 1, 2, 4, 8, 15, 15], minutes);
        Assert.True(_strangers.IsLocked(s_directory, "one"));
        Assert.False(_strangers.IsLocked(Guid.NewGuid(), "one"));
        _time.Advance(TimeSpan.FromMinutes(15));
        Assert.False(_strangers.IsLocked(s_directory, "one"));
    }

    [Fact]
    public void Memory_OfPeopleWithoutEnd_IsBounded()
    {
        for (var i = 0; i < StrangerLocks.Most + 50; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            _strangers.Fail(s_directory, $"person {i}");
        }

        Assert.Equal(StrangerLocks.Most, _strangers.Count);
        Assert.Equal(1, _strangers.Fail(s_directory, "person 0").Failures);
        Assert.Equal(2, _strangers.Fail(s_directory, $"person {StrangerLocks.Most}").Failures);
    }
}
