/** Every file format this build reads, for the doors to list. */
export { formats } from '#formats/all.ts';
