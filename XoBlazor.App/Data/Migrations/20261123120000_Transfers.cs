using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XoBlazor.App.Data.Migrations
{
    /// <summary>Transfers that wait, run or have ended.</summary>
    [DbContext(typeof(AppDatabase))]
    [Migration("20261123120000_Transfers")]
    public partial class Transfers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
            name: "Transfers",
            columns: table => new
            {
                Number = table.Column<long>(type: "INTEGER", nullable: false),
                Operation = table.Column<string>(type: "TEXT", nullable: false),
                Pool = table.Column<string>(type: "TEXT", nullable: false),
                Target = table.Column<string>(type: "TEXT", nullable: false),
                Name = table.Column<string>(type: "TEXT", nullable: false),
                ToPool = table.Column<string>(type: "TEXT", nullable: true),
                ActorId = table.Column<string>(type: "TEXT", nullable: false),
                ActorName = table.Column<string>(type: "TEXT", nullable: false),
                LimitedTo = table.Column<string>(type: "TEXT", nullable: true),
                Face = table.Column<string>(type: "TEXT", nullable: false),
                Address = table.Column<string>(type: "TEXT", nullable: true),
                Arguments = table.Column<string>(type: "TEXT", nullable: true),
                State = table.Column<string>(type: "TEXT", nullable: false),
                Place = table.Column<long>(type: "INTEGER", nullable: false),
                Asked = table.Column<long>(type: "INTEGER", nullable: false),
                Begun = table.Column<long>(type: "INTEGER", nullable: true),
                Ended = table.Column<long>(type: "INTEGER", nullable: true),
                Bytes = table.Column<long>(type: "INTEGER", nullable: false),
                Message = table.Column<string>(type: "TEXT", nullable: true),
                MadePool = table.Column<string>(type: "TEXT", nullable: true),
                Made = table.Column<string>(type: "TEXT", nullable: true),
                IsRetried = table.Column<bool>(type: "INTEGER", nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_Transfers", x => x.Number));

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable(name: "Transfers");
    }
}
