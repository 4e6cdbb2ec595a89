// Photos: the built-in sample, and a file of the visitor's, made smaller before it is sent.

const LONGEST_EDGE = 1280;

function canvas(width, height) {
  const board = document.createElement("canvas");
  board.width = width;
  board.height = height;
  return [board, board.getContext("2d")];
}

const asBlob = (board) => new Promise((resolve, reject) =>
  board.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture cannot be read."))), "image/png"));

/** A chosen file, no larger than a phone would send it. */
export async function shrunk(file) {
  const image = await createImageBitmap(file).catch(() => {
    throw new Error("This file is not a picture the browser can read.");
  });
  const scale = Math.min(1, LONGEST_EDGE / Math.max(image.width, image.height));
  const [board, pen] = canvas(Math.round(image.width * scale), Math.round(image.height * scale));
  pen.drawImage(image, 0, 0, board.width, board.height);
  return asBlob(board);
}

/** A lorry in front of a barrier that does not open. */
export function sample() {
  const [board, pen] = canvas(960, 640);
  const sky = pen.createLinearGradient(0, 0, 0, 420);
  sky.addColorStop(0, "#8fb7d9");
  sky.addColorStop(1, "#f3dcc0");
  fill(pen, sky, 0, 0, 960, 430);
  fill(pen, "#6c7a74", 0, 330, 960, 100);
  fill(pen, "#4b5157", 0, 430, 960, 210);
  for (let x = 30; x < 960; x += 150) fill(pen, "#d9d4c4", x, 545, 80, 9);
  building(pen);
  lorry(pen);
  barrier(pen);
  return asBlob(board);
}

function fill(pen, colour, x, y, width, height) {
  pen.fillStyle = colour;
  pen.fillRect(x, y, width, height);
}

function building(pen) {
  fill(pen, "#b9a58c", 640, 150, 320, 290);
  fill(pen, "#8d7960", 640, 150, 320, 26);
  for (let x = 670; x < 940; x += 95) fill(pen, "#5a6b78", x, 215, 62, 74);
  fill(pen, "#2d6a66", 690, 320, 140, 120);
  pen.fillStyle = "#ffffff";
  pen.font = "bold 40px sans-serif";
  pen.fillText("GATE B", 688, 205);
}

function lorry(pen) {
  fill(pen, "#e9e6df", 40, 230, 330, 220);
  fill(pen, "#c5c0b4", 40, 420, 330, 30);
  fill(pen, "#b6452c", 376, 285, 130, 165);
  fill(pen, "#cfe3ee", 420, 305, 76, 62);
  fill(pen, "#33373b", 40, 450, 470, 20);
  for (const x of [100, 190, 320, 450]) wheel(pen, x);
  pen.fillStyle = "#2a6f97";
  pen.font = "bold 86px sans-serif";
  pen.fillText("14", 150, 370);
}

function wheel(pen, x) {
  for (const [radius, colour] of [[38, "#22262a"], [17, "#a9adb0"]]) {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.arc(x, 482, radius, 0, Math.PI * 2);
    pen.fill();
  }
}

function barrier(pen) {
  fill(pen, "#f0b429", 868, 380, 52, 130);
  fill(pen, "#2b2f33", 868, 500, 52, 16);
  pen.save();
  pen.translate(880, 405);
  pen.rotate(-0.045);
  for (let step = 0; step < 9; step += 1) fill(pen, step % 2 ? "#f7f4ee" : "#c8372d", -40 - step * 40, -11, 40, 22);
  pen.restore();
}
